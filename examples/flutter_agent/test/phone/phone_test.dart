import 'package:flutter_test/flutter_test.dart';
import 'package:postengine_agent/contract/event.dart';
import 'package:postengine_agent/contract/push_data.dart';
import 'package:postengine_agent/contract/task.dart';

import '../support/fake_service.dart';
import '../support/handset.dart';

PushData push(String type, [String taskId = 'dlv_1']) => PushData.of({'type': type, 'task_id': taskId});

void main() {
  late Handset handset;

  Future<void> start([List<Map<String, Object?>> tasks = const []]) async {
    handset = Handset(FakeService(tasks));
    addTearDown(() => handset.delete());
    await handset.pair();
  }

  test('a push fetches task and file before the person taps, and says so', () async {
    await start();
    handset.service.tasks['dlv_1'] = taskJson();

    await handset.phone.receive(push('manual_task'));

    final task = handset.phone.active.single;
    expect(handset.phone.hasFiles(task), isTrue);
    expect(handset.service.heardTypes, ['received']);
  });

  test('a push that comes twice is one task, received once', () async {
    await start();
    handset.service.tasks['dlv_1'] = taskJson();

    await handset.phone.receive(push('manual_task'));
    await handset.phone.receive(push('manual_task'));

    expect(handset.phone.active, hasLength(1));
    expect(handset.service.heardTypes, ['received']);
  });

  test('a task that was changed is received anew', () async {
    await start([taskJson()]);
    handset.service.tasks['dlv_1'] = taskJson(rev: 2);

    await handset.phone.receive(push('manual_task'));

    expect(handset.service.heardTypes, ['received', 'received']);
  });

  test('a lost push is made good by asking', () async {
    await start();
    handset.service.tasks['dlv_1'] = taskJson();

    await handset.phone.poll();

    expect(handset.phone.active.single.id, 'dlv_1');
  });

  test('a clock that goes on between two looks keeps no call back', () async {
    await start();
    handset.tick = const Duration(microseconds: 1);
    handset.service.tasks['dlv_1'] = taskJson();

    await handset.phone.poll();

    expect(handset.phone.active, hasLength(1));
  });

  test('a task that ended elsewhere is taken away, and its notification, too', () async {
    await start([taskJson()]);

    await handset.phone.receive(push('task_closed'));

    expect(handset.phone.active, isEmpty);
    expect(handset.notices.takenAway, ['dlv_1']);
  });

  test('a ping is answered by a sign of life', () async {
    await start();

    await handset.phone.receive(push('ping', ''));

    expect(handset.service.pushes.single, {'kind': 'fcm', 'token': 'registration-1'});
  });

  test('answers wait while there is no network, survive the end of the app, and go out in order', () async {
    await start([taskJson()]);
    handset.service.isAway = true;
    for (final type in [EventType.opened, EventType.shared, EventType.confirmed]) {
      await handset.phone.tell(handset.phone.task('dlv_1')!, type);
      handset.now = handset.now.add(const Duration(seconds: 1));
    }
    expect(handset.phone.active, isEmpty);
    expect(handset.phone.untold, 3);

    handset.restart();
    handset.service.isAway = false;
    await handset.phone.sync();

    expect(handset.service.heardTypes, ['received', 'opened', 'shared', 'confirmed']);
    expect(handset.phone.untold, 0);
  });

  test('an older list does not take back an answer that waits', () async {
    await start([taskJson()]);
    handset.service.isAway = true;
    await handset.phone.tell(handset.phone.task('dlv_1')!, EventType.confirmed);
    handset.service.isAway = false;

    await handset.phone.receive(push('manual_task'));

    expect(handset.phone.task('dlv_1')!.state, TaskState.published);
  });

  test('an event of a task that vanished is dropped, and the reason shown', () async {
    await start([taskJson()]);
    final task = handset.phone.task('dlv_1')!;
    handset.service.tasks.clear();

    await handset.phone.tell(task, EventType.opened);

    expect(handset.phone.untold, 0);
    expect(handset.phone.refusal, 'no such task');
  });

  test('a phone whose token is refused forgets everything', () async {
    await start([taskJson()]);
    handset.service.isRevoked = true;

    await handset.phone.wake();

    expect(handset.phone.session, isNull);
    expect(handset.phone.wasWiped, isTrue);
    expect(handset.stores.sessions.load(), isNull);
    expect(handset.stores.tasks.all(), isEmpty);
    expect(handset.doorbell.wasForgotten, isTrue);
    expect(handset.notices.takenAway, ['all']);
  });

  test('taking leave without a network keeps the phone paired, as its token still lives', () async {
    await start();
    handset.service.isAway = true;

    await handset.phone.unpair();

    expect(handset.phone.session, isNotNull);
  });

  test('a file that is not the promised one is reported once and never at hand', () async {
    await start();
    handset.service.file = [1, 2, 3];
    handset.service.tasks['dlv_1'] = taskJson();

    await handset.phone.poll();
    await handset.phone.poll();

    expect(handset.service.heardTypes, ['received', 'failed']);
    expect(handset.phone.hasFiles(handset.phone.active.single), isFalse);
  });

  test('a phone whose clock is a day behind knows the time of the service', () async {
    handset = Handset(FakeService())..now = DateTime.utc(2026, 11, 30, 9);
    addTearDown(() => handset.delete());

    await handset.pair();

    expect(handset.phone.serverNow, DateTime.utc(2026, 12, 1, 9));
  });
}
