import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:postengine_agent/pages/home_page.dart';

import '../support/fake_service.dart';
import '../support/handset.dart';
import 'pages.dart';

void main() {
  testWidgets('a new phone is asked to pair', (tester) async {
    final handset = Handset(FakeService());
    addTearDown(handset.delete);

    await pumpPage(tester, handset, const HomePage());

    expect(find.text('Scan the QR code'), findsOneWidget);
  });

  testWidgets('a typed code pairs the phone', (tester) async {
    final handset = Handset(FakeService());
    addTearDown(handset.delete);
    await pumpPage(tester, handset, const HomePage());

    await tester.enterText(find.byType(TextField).first, serviceAddress);
    await tester.enterText(find.byType(TextField).last, 'ABCD2345');
    await tester.tap(find.text('Connect'));
    await tester.pumpAndSettle();

    expect(handset.service.calls.first, 'POST pair');
    expect(find.text('Harbour Homes'), findsOneWidget);
    expect(find.text('Nothing to post now'), findsOneWidget);
  });

  testWidgets('what is to be posted is listed, and a tap opens it', (tester) async {
    final handset = Handset(FakeService([taskJson()]));
    await pairFor(tester, handset);
    await pumpPage(tester, handset, const HomePage());

    await tester.tap(find.text('Villa Aurora'));
    await tester.pumpAndSettle();

    expect(find.text('Villa Aurora: just listed'), findsOneWidget);
  });

  testWidgets('without a network the page says how many answers wait', (tester) async {
    final handset = Handset(FakeService([taskJson()]));
    await pairFor(tester, handset);
    handset.service.isAway = true;
    await handset.phone.poll();

    await pumpPage(tester, handset, const HomePage());

    expect(find.textContaining('No connection'), findsOneWidget);
  });

  testWidgets('Arabic reads from right to left', (tester) async {
    final handset = Handset(FakeService());
    addTearDown(handset.delete);

    await pumpPage(tester, handset, const HomePage(), locale: const Locale('ar'));

    expect(Directionality.of(tester.element(find.byType(TextField).first)), TextDirection.rtl);
  });
}
