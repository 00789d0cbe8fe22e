import 'package:flutter_test/flutter_test.dart';
import 'package:postengine_agent/contract/event.dart';
import 'package:postengine_agent/contract/json.dart';
import 'package:postengine_agent/contract/task.dart';
import 'package:postengine_agent/contract/task_parts.dart';

import '../support/fake_service.dart';

Task task({String state = 'notified'}) => Task.fromJson(Json(taskJson(state: state)));

void main() {
  test('a task is read with all its parts', () {
    final read = task();

    expect(read.state, TaskState.notified);
    expect(read.channel.shareMode, ShareMode.shareToStatus);
    expect(read.assets.single.isVideo, isTrue);
    expect(read.expiresAt, DateTime.utc(2026, 12, 2, 9));
    expect(read.maySnooze, isTrue);
  });

  test('events raise the state, and a late one does not lower it', () {
    final shared = task().after(EventType.opened).after(EventType.shared);

    expect(shared.after(EventType.opened).state, TaskState.shared);
  });

  test('an answer ends the task and leaves nothing to do', () {
    final ended = task(state: 'shared').after(EventType.confirmed);

    expect(ended.state, TaskState.published);
    expect(ended.actions, isEmpty);
  });

  test('a snooze uses one up and leaves the state', () {
    final later = task().after(EventType.snoozed);

    expect(later.snooze.remaining, 2);
    expect(later.snooze.latest, task().snooze.latest);
    expect(later.state, TaskState.notified);
  });

  test('a state of a later version is not open', () => expect(task(state: 'archived').state.isOpen, isFalse));

  test('a missing field is named', () {
    final broken = taskJson()..remove('title');

    expect(
      () => Task.fromJson(Json(broken)),
      throwsA(isA<ContractBroken>().having((error) => error.message, 'message', contains('title'))),
    );
  });

  test('a hash that is none never becomes the name of a file', () {
    final broken = taskJson();
    ((broken['assets']! as List<Object?>).single! as Map<String, Object?>)['sha256'] = '../../token';

    expect(() => Task.fromJson(Json(broken)), throwsA(isA<ContractBroken>()));
  });
}
