/// The tasks as last heard of.
library;

import '../contract/task.dart';
import 'folder.dart';

class TaskStore {
  const TaskStore(this._folder);

  final Folder _folder;

  /// All, the next due first.
  List<Task> all() {
    final tasks = [for (final json in _folder.readAll()) Task.fromJson(json)];
    return tasks..sort((one, other) => one.scheduledAt.compareTo(other.scheduledAt));
  }

  Task? find(String id) {
    final json = _folder.read(id);
    return json == null ? null : Task.fromJson(json);
  }

  /// Whether the phone has not yet seen this version of a task.
  bool isNew(Task task) => (find(task.id)?.rev ?? 0) < task.rev;

  void save(Task task) => _folder.write(task.id, task.source);

  void forget(String id) => _folder.delete(id);

  void clear() => _folder.clear();
}
