import 'package:flutter_test/flutter_test.dart';
import 'package:postengine_agent/contract/agent_api.dart';
import 'package:postengine_agent/contract/event.dart';
import 'package:postengine_agent/phone/outbox.dart';

import '../support/fake_service.dart';
import '../support/handset.dart';

void main() {
  test('a big outbox goes out in batches of fifty, each event once', () async {
    final handset = Handset(FakeService([taskJson()]));
    addTearDown(handset.delete);
    final outbox = handset.stores.outbox;
    for (var number = 0; number < maxBatch + 1; number++) {
      outbox.add(
        PhoneEvent(
          taskId: 'dlv_1',
          key: 'key-$number',
          type: EventType.opened,
          occurredAt: handset.now.add(Duration(seconds: number)),
        ),
      );
    }
    final api = AgentApi(handset.service.client, service: service, token: 'secret');

    await outbox.flush(api, (_, _) {});

    expect(handset.service.calls, ['POST events:batch', 'POST events:batch']);
    expect(handset.service.heard.map((event) => event['idempotency_key']), [
      for (var number = 0; number < maxBatch + 1; number++) 'key-$number',
    ]);
    expect(outbox.waiting(), isEmpty);
  });
}
