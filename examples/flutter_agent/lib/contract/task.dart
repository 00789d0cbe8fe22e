/// A task: one post that a person is asked to make, as the service describes it.
library;

import 'event.dart';
import 'json.dart';
import 'task_parts.dart';

/// Where a task stands, in the order of ranks; `unknown` is for states of later versions.
enum TaskState {
  planned,
  notified,
  opened,
  shared,
  published,
  declined,
  missed,
  cancelled,
  unknown;

  static TaskState of(String wire) => values.asNameMap()[wire] ?? unknown;

  /// Whether an answer is still awaited.
  bool get isOpen => this == notified || this == opened || this == shared;
}

class Task {
  Task.fromJson(Json json)
    : source = json.fields,
      id = json.text('id'),
      rev = json.whole('rev'),
      state = TaskState.of(json.text('state')),
      channel = TaskChannel.fromJson(json.object('channel')),
      title = json.text('title'),
      caption = json.text('caption'),
      firstComment = json.maybeText('first_comment'),
      assets = [for (final asset in json.objects('assets')) TaskAsset.fromJson(asset)],
      scheduledAt = json.instant('scheduled_at'),
      expiresAt = json.instant('expires_at'),
      snooze = TaskSnooze.fromJson(json.object('snooze')),
      actions = json.texts('actions').toSet();

  /// As it came, to be kept on the phone.
  final Map<String, Object?> source;
  final String id;

  /// Grows when the post was changed; its files and words are then other ones.
  final int rev;
  final TaskState state;
  final TaskChannel channel;
  final String title;
  final String caption;
  final String? firstComment;
  final List<TaskAsset> assets;
  final DateTime scheduledAt;
  final DateTime expiresAt;
  final TaskSnooze snooze;

  /// What the person may do: some of `open`, `share`, `confirm`, `decline`, `snooze`.
  final Set<String> actions;

  bool get mayOpen => actions.contains('open');
  bool get mayShare => actions.contains('share');
  bool get mayConfirm => actions.contains('confirm');
  bool get mayDecline => actions.contains('decline');
  bool get maySnooze => actions.contains('snooze') && snooze.remaining > 0;

  /// The task as the service will show it once it has heard of an event.
  ///
  /// Only the service decides; this lets the phone go on while there is no network.
  Task after(EventType type) => switch (type) {
    EventType.opened => _raisedTo(TaskState.opened),
    EventType.shared => _raisedTo(TaskState.shared),
    EventType.confirmed => _endedAs(TaskState.published),
    EventType.declined => _endedAs(TaskState.declined),
    EventType.snoozed => _with({'snooze': snooze.used().toJson()}),
    EventType.received || EventType.failed => this,
  };

  Task _raisedTo(TaskState reached) =>
      state.isOpen && reached.index > state.index ? _with({'state': reached.name}) : this;

  Task _endedAs(TaskState end) => _with({'state': end.name, 'actions': const <String>[]});

  Task _with(Map<String, Object?> changed) => Task.fromJson(Json({...source, ...changed}));
}

/// One page of the list of tasks; `cursor` asks for the next, null ends it.
class TasksAnswer {
  TasksAnswer.fromJson(Json json)
    : tasks = [for (final task in json.objects('tasks')) Task.fromJson(task)],
      cursor = json.maybeText('cursor'),
      serverTime = json.instant('server_time');

  final List<Task> tasks;
  final String? cursor;
  final DateTime serverTime;
}
