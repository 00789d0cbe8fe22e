/// The notifications on the lock screen: the system's in the app, a record in tests.
library;

import '../contract/push_data.dart';

abstract interface class Notices {
  /// Asks the person for permission; says whether they gave it.
  Future<bool> ask();

  Future<bool> areAllowed();

  /// Shows what a push says, in place of an earlier one for the same task.
  Future<void> show(PushData push);

  /// Takes a task's notification away.
  Future<void> takeAway(String taskId);

  Future<void> takeAllAway();
}
