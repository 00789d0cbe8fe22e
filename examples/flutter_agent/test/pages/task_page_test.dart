import 'package:flutter/material.dart';
import 'package:flutter/services.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:postengine_agent/contract/task.dart';
import 'package:postengine_agent/pages/task_page.dart';

import '../support/fake_service.dart';
import '../support/handset.dart';
import 'pages.dart';

void main() {
  late Handset handset;
  late List<String?> clipboard;

  Future<void> open(WidgetTester tester, Map<String, Object?> task) async {
    clipboard = [];
    tester.binding.defaultBinaryMessenger.setMockMethodCallHandler(SystemChannels.platform, (call) async {
      if (call.method == 'Clipboard.setData') {
        clipboard.add((call.arguments as Map<Object?, Object?>)['text'] as String?);
      }
      return null;
    });
    handset = Handset(FakeService([task]));
    await pairFor(tester, handset);
    await pumpPage(tester, handset, const TaskPage(taskId: 'dlv_1'));
  }

  testWidgets('opening the page says so', (tester) async {
    await open(tester, taskJson());

    expect(handset.service.heardTypes, ['received', 'opened']);
    expect(find.text('Did you post?'), findsNothing);
  });

  testWidgets('sharing copies the caption, hands the file over, and asks on return', (tester) async {
    await open(tester, taskJson());

    await tester.tap(find.text('Share…'));
    await tester.pumpAndSettle();

    expect(clipboard, ['Villa Aurora: just listed']);
    expect(handset.native.shared.single.single, endsWith('$filmHash.mp4'));
    expect(handset.service.heardTypes, ['received', 'opened', 'shared']);
    expect(find.text('Did you post?'), findsOneWidget);
  });

  testWidgets('yes with a link publishes with the link', (tester) async {
    await open(tester, taskJson(state: 'shared'));

    await tester.tap(find.text('Yes, it is posted'));
    await tester.pumpAndSettle();
    await tester.enterText(find.byType(TextField), 'https://example.com/p/1');
    await tester.tap(find.text('Done'));
    await tester.pumpAndSettle();

    expect(handset.service.heard.last, containsPair('type', 'confirmed'));
    expect(handset.service.heard.last, containsPair('proof_url', 'https://example.com/p/1'));
    expect(handset.phone.task('dlv_1')!.state, TaskState.published);
  });

  testWidgets('a link that is none is pointed out and not sent', (tester) async {
    await open(tester, taskJson(state: 'shared'));

    await tester.tap(find.text('Yes, it is posted'));
    await tester.pumpAndSettle();
    await tester.enterText(find.byType(TextField), 'on my profile');
    await tester.tap(find.text('Done'));
    await tester.pumpAndSettle();

    expect(find.textContaining('A link starts with'), findsOneWidget);
    expect(handset.service.heardTypes, isNot(contains('confirmed')));
  });

  testWidgets('not yet puts the task off', (tester) async {
    await open(tester, taskJson(state: 'shared'));

    await tester.tap(find.text('Not yet'));
    await tester.pumpAndSettle();
    await tester.tap(find.byType(ListTile).last);
    await tester.pumpAndSettle();

    expect(handset.service.heard.last, containsPair('type', 'snoozed'));
    expect(handset.service.heard.last, containsPair('snooze_until', '2026-12-01T12:00:00.000Z'));
  });

  testWidgets('a reason goes with the no', (tester) async {
    await open(tester, taskJson());

    await tester.tap(find.text("I can't"));
    await tester.pumpAndSettle();
    await tester.tap(find.text('No time'));
    await tester.pumpAndSettle();

    expect(handset.service.heard.last, containsPair('reason', 'No time'));
  });

  testWidgets('a share that no app takes is told to the office and leaves the state', (tester) async {
    await open(tester, taskJson());
    handset.native.failure = PlatformException(code: 'no_app', message: 'no app takes the files');

    await tester.tap(find.text('Share…'));
    await tester.pump();

    expect(handset.service.heard.last, containsPair('reason', 'no app takes the files'));
    expect(handset.phone.task('dlv_1')!.state, TaskState.opened);
  });

  testWidgets("a group's files are saved before its page opens", (tester) async {
    await open(tester, taskJson(shareMode: 'open_url', url: 'https://www.facebook.com/groups/1'));

    await tester.tap(find.text('Share…'));
    await tester.pumpAndSettle();

    expect(handset.native.saved, hasLength(1));
  });

  testWidgets('a hostile caption is shown as the text that it is', (tester) async {
    const hostile = '<script>alert(1)</script> \u202Egnp.exe';

    await open(tester, {...taskJson(), 'caption': hostile});

    expect(find.text(hostile), findsOneWidget);
  });
}
