/// Until when a task may be put off.
library;

import '../contract/task.dart';

const _waits = [Duration(minutes: 15), Duration(minutes: 30), Duration(hours: 1), Duration(hours: 3)];

/// The instants to offer, by the service's clock; empty where the task may not be put off.
///
/// None is past the latest that the task allows. Where all are, the latest itself is offered.
List<DateTime> snoozeChoices(Task task, DateTime serverNow) {
  final latest = task.snooze.latest;
  if (!task.maySnooze || latest == null || !latest.isAfter(serverNow)) {
    return const [];
  }
  final choices = [for (final wait in _waits) serverNow.add(wait)];
  final allowed = choices.where((choice) => !choice.isAfter(latest)).toList();
  return allowed.isEmpty ? [latest] : allowed;
}
