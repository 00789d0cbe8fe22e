/// What became of an event.
library;

import 'errors.dart';
import 'json.dart';
import 'task.dart';

class EventResult {
  const EventResult({required this.task, this.wasReplayed = false, this.refusal = ''});

  /// Reads one result of a batch.
  factory EventResult.fromJson(Json json) {
    final task = json.maybeObject('task');
    final told = json.maybeObject('problem');
    final problem = told == null ? null : Problem.fromJson(told);
    return EventResult(
      task: task == null ? problem?.task : Task.fromJson(task),
      wasReplayed: json.fields['replayed'] == true,
      refusal: json.whole('status') < 400 ? '' : (problem?.detail ?? 'refused'),
    );
  }

  /// The current task, where the answer carries it.
  final Task? task;

  /// The service had the event already.
  final bool wasReplayed;

  /// Why it was not taken; empty where it was.
  final String refusal;
}

class BatchAnswer {
  BatchAnswer.fromJson(Json json)
    : results = [for (final result in json.objects('results')) EventResult.fromJson(result)];

  /// One for each event, in their order.
  final List<EventResult> results;
}
