/// What the phone tells of a task.
library;

import 'json.dart';

/// The names are the contract's.
enum EventType { received, opened, shared, confirmed, declined, snoozed, failed }

class PhoneEvent {
  const PhoneEvent({
    required this.taskId,
    required this.key,
    required this.type,
    required this.occurredAt,
    this.reason,
    this.snoozeUntil,
    this.proofUrl,
  });

  /// Reads one back from the phone's outbox.
  PhoneEvent.fromJson(Json json)
    : taskId = json.text('task_id'),
      key = json.text('idempotency_key'),
      type = EventType.values.byName(json.text('type')),
      occurredAt = json.instant('occurred_at'),
      reason = json.maybeText('reason'),
      snoozeUntil = json.maybeInstant('snooze_until'),
      proofUrl = json.maybeText('proof_url');

  final String taskId;

  /// Stays the same however often the event is sent, so that it is heard once.
  final String key;
  final EventType type;

  /// When it happened by the phone's own clock, not when it was sent.
  final DateTime occurredAt;

  /// For `declined` and `failed`.
  final String? reason;

  /// For `snoozed`.
  final DateTime? snoozeUntil;

  /// For `confirmed`: where the post can be seen.
  final String? proofUrl;

  /// The body of an event that is sent alone.
  Map<String, Object?> toJson() => {
    'type': type.name,
    'occurred_at': occurredAt.toUtc().toIso8601String(),
    if (reason != null) 'reason': reason,
    if (snoozeUntil != null) 'snooze_until': snoozeUntil!.toUtc().toIso8601String(),
    if (proofUrl != null) 'proof_url': proofUrl,
  };

  /// An item of a batch, and of the outbox.
  Map<String, Object?> toBatchItem() => {'task_id': taskId, 'idempotency_key': key, ...toJson()};
}
