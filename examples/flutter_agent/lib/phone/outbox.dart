/// Events that are not yet told, in the order in which they happened.
library;

import '../contract/agent_api.dart';
import '../contract/event.dart';
import '../contract/event_result.dart';
import 'folder.dart';

const maxBatch = 50;

/// Keeps each event on the phone until the service has answered it, whatever it answered.
class Outbox {
  const Outbox(this._folder);

  final Folder _folder;

  List<PhoneEvent> waiting() => [for (final json in _folder.readAll()) PhoneEvent.fromJson(json)];

  List<PhoneEvent> waitingFor(String taskId) =>
      waiting().where((event) => event.taskId == taskId).toList();

  void add(PhoneEvent event) => _folder.write(_nameOf(event), event.toBatchItem());

  void clear() => _folder.clear();

  /// Tells all, at most 50 a request; what got no answer stays.
  ///
  /// Two isolates may do this at once: the service knows an event by its key and hears it once.
  Future<void> flush(AgentApi api, void Function(PhoneEvent event, EventResult result) heard) async {
    for (var left = waiting(); left.isNotEmpty; left = left.skip(maxBatch).toList()) {
      final batch = left.take(maxBatch).toList();
      final results = await api.sendBatch(batch);
      for (final (index, result) in results.indexed) {
        _folder.delete(_nameOf(batch[index]));
        heard(batch[index], result);
      }
    }
  }

  /// Sorts by time, then by key: digits enough for every instant of this age.
  String _nameOf(PhoneEvent event) =>
      '${event.occurredAt.microsecondsSinceEpoch.toString().padLeft(17, '0')}-${event.key}';
}
