/// What may come instead of an answer.
///
///     AgentApiError
///     ├─ TokenRefused   401: the phone was unpaired from the other side
///     ├─ Unreachable    no answer, or "not now" (429, 5xx): try again
///     └─ Refused        another answer than success: trying again changes nothing
library;

import 'json.dart';
import 'task.dart';

sealed class AgentApiError implements Exception {
  const AgentApiError(this.message);

  final String message;

  @override
  String toString() => message;
}

class TokenRefused extends AgentApiError {
  const TokenRefused() : super('the service does not know this phone any more');
}

class Unreachable extends AgentApiError {
  const Unreachable(super.message, {this.retryAfter});

  /// How long the service asks to wait; null where it says nothing.
  final Duration? retryAfter;
}

class Refused extends AgentApiError {
  const Refused(this.status, this.code, super.message, {this.task});

  final int status;

  /// A word that programs can compare; empty where the answer is no problem+json.
  final String code;

  /// The current task, where the answer carries it.
  final Task? task;
}

/// A problem (RFC 9457).
class Problem {
  Problem.fromJson(Json json)
    : code = json.text('code'),
      detail = json.text('detail'),
      task = _task(json.maybeObject('task'));

  final String code;
  final String detail;
  final Task? task;

  static Task? _task(Json? json) => json == null ? null : Task.fromJson(json);
}
