/// The data of a push: a doorbell, all strings, without caption or file.
library;

/// The names are the contract's; `unknown` is for kinds of later versions.
enum PushType {
  manualTask('manual_task'),
  taskClosed('task_closed'),
  ping('ping'),
  summary('summary'),
  unknown('');

  const PushType(this.wire);

  final String wire;

  static PushType of(String? wire) =>
      values.firstWhere((type) => type.wire == wire, orElse: () => unknown);
}

class PushData {
  /// Reads what Firebase hands over.
  PushData.of(Map<String, Object?> data)
    : type = PushType.of(_text(data, 'type')),
      taskId = _text(data, 'task_id'),
      title = _text(data, 'title'),
      channel = _text(data, 'channel'),
      link = _text(data, 'link');

  final PushType type;

  /// Empty for a ping and for the morning's summary, which are of no task.
  final String taskId;
  final String title;
  final String channel;

  /// Opens the task, in this app or in a browser.
  final String link;

  static String _text(Map<String, Object?> data, String name) => data[name]?.toString() ?? '';
}
