import 'package:flutter_test/flutter_test.dart';
import 'package:postengine_agent/contract/push_data.dart';
import 'package:postengine_agent/pages/setup_page.dart';

import '../support/fake_service.dart';
import '../support/handset.dart';
import 'pages.dart';

void main() {
  testWidgets('a test notification is asked for, and its arrival shown', (tester) async {
    final handset = Handset(FakeService());
    await pairFor(tester, handset);
    await pumpPage(tester, handset, const SetupPage());
    expect(find.text('No notification has come yet.'), findsOneWidget);

    await tester.tap(find.text('Send a test notification'));
    await handset.phone.receive(PushData.of(const {'type': 'ping'}));
    await tester.pumpAndSettle();

    expect(handset.service.calls, contains('POST device/test'));
    expect(find.textContaining('The last notification came'), findsOneWidget);
  });

  testWidgets("the steps are those for the phone's maker", (tester) async {
    final handset = Handset(FakeService());
    await pairFor(tester, handset);

    await pumpPage(tester, handset, const SetupPage());

    expect(find.textContaining('Device care'), findsOneWidget);
  });
}
