/// Takes tasks in: what the phone does by itself, before the person taps.
library;

import '../contract/agent_api.dart';
import '../contract/event.dart';
import '../contract/event_result.dart';
import '../contract/task.dart';
import 'event_key.dart';
import 'notices.dart';
import 'stores.dart';

class Intake {
  Intake(this._stores, this._notices, this._now);

  final Stores _stores;
  final Notices _notices;
  final DateTime Function() _now;

  /// Files that came wrong: told once, and not fetched again until the app starts anew.
  final _broken = <String>{};

  /// Keeps a task, says that it came, and fetches its files.
  Future<void> take(AgentApi api, Task fresh) async {
    final isNew = fresh.state.isOpen && _stores.tasks.isNew(fresh);
    _keep(fresh);
    if (isNew) {
      note(fresh, EventType.received);
      // At once: a large file may take minutes, and the service would ring again.
      await flush(api);
    }
    if (fresh.state.isOpen) {
      await _fetchFiles(api, fresh);
    }
  }

  /// Fetches all tasks of a state, page after page.
  Future<List<Task>> pages(AgentApi api, String state) async {
    final tasks = <Task>[];
    String? cursor;
    do {
      final page = await api.tasks(state, cursor: cursor);
      _stores.marks.noteClock(page.serverTime, _now());
      tasks.addAll(page.tasks);
      cursor = page.cursor;
    } while (cursor != null);
    return tasks;
  }

  /// Forgets a task that has ended elsewhere: on another phone, or in the office.
  Future<void> close(String taskId) async {
    _stores.tasks.forget(taskId);
    await _notices.takeAway(taskId);
  }

  /// Forgets what the service no longer lists, and the files of what has ended.
  Future<void> keepOnly(List<Task> listed) async {
    final ids = {for (final task in listed) task.id};
    for (final task in _stores.tasks.all()) {
      if (!ids.contains(task.id) && _stores.outbox.waitingFor(task.id).isEmpty) {
        await close(task.id);
      }
    }
    _stores.media.keepOnly([for (final task in _stores.tasks.all()) ...task.assets]);
  }

  /// Notes an event in the outbox, and what it makes of the task.
  void note(Task task, EventType type, {String? reason, DateTime? snoozeUntil, String? proofUrl}) {
    _stores.outbox.add(
      PhoneEvent(
        taskId: task.id,
        key: newEventKey(),
        type: type,
        occurredAt: _now(),
        reason: reason,
        snoozeUntil: snoozeUntil,
        proofUrl: proofUrl,
      ),
    );
    _stores.tasks.save(task.after(type));
  }

  /// Tells what waits in the outbox; returns why the last one was refused, empty where none was.
  Future<String> flush(AgentApi api) async {
    var refusal = '';
    await _stores.outbox.flush(api, (event, result) {
      refusal = result.refusal.isEmpty ? refusal : result.refusal;
      _hear(result);
    });
    return refusal;
  }

  void _hear(EventResult result) {
    final task = result.task;
    if (task != null) {
      _keep(task);
    }
  }

  /// Keeps the task as it will be once the service has heard what still waits.
  void _keep(Task fresh) {
    final waiting = _stores.outbox.waitingFor(fresh.id);
    _stores.tasks.save(waiting.fold(fresh, (task, event) => task.after(event.type)));
  }

  Future<void> _fetchFiles(AgentApi api, Task task) async {
    for (final asset in task.assets.where((asset) => !_broken.contains(asset.sha256))) {
      try {
        await _stores.media.fetch(api, asset);
      } on NotThePromisedFile catch (error) {
        _broken.add(asset.sha256);
        note(task, EventType.failed, reason: error.message);
        await flush(api);
      }
    }
  }
}
