import 'package:flutter_test/flutter_test.dart';
import 'package:http/http.dart' as http;
import 'package:http/testing.dart';
import 'package:postengine_agent/contract/agent_api.dart';
import 'package:postengine_agent/contract/errors.dart';
import 'package:postengine_agent/contract/event.dart';

import '../support/fake_service.dart';

AgentApi answering(http.Response answer, [List<http.Request>? seen]) => AgentApi(
  MockClient((request) async {
    seen?.add(request);
    return answer;
  }),
  service: service,
  token: 'secret',
);

void main() {
  test('a 401 is a refused token', () {
    expect(answering(http.Response('', 401)).me(), throwsA(isA<TokenRefused>()));
  });

  test('a 429 carries the wait', () {
    final busy = http.Response('', 429, headers: {'retry-after': '7'});

    expect(
      answering(busy).me(),
      throwsA(isA<Unreachable>().having((error) => error.retryAfter, 'wait', const Duration(seconds: 7))),
    );
  });

  test('an answer that is no problem is read by its status', () {
    expect(
      answering(http.Response('<html>', 403)).me(),
      throwsA(isA<Refused>().having((error) => error.status, 'status', 403)),
    );
  });

  test('the token goes to the service and to nobody else', () async {
    final seen = <http.Request>[];
    final api = answering(http.Response('', 200), seen);

    await api.open(service.resolve('/agent/v1/assets/ast_1'));
    await api.open(Uri.parse('https://cdn.test/ast_1'));

    expect(seen.first.headers, containsPair('Authorization', 'Bearer secret'));
    expect(seen.last.headers, isNot(contains('Authorization')));
  });

  test('a part of a file is asked for with the hash of the earlier part', () async {
    final seen = <http.Request>[];

    await answering(http.Response('', 206), seen).open(service, from: 5, etag: 'abc');

    expect(seen.single.headers, containsPair('Range', 'bytes=5-'));
    expect(seen.single.headers, containsPair('If-Range', '"abc"'));
  });

  test('an event that is sent alone has its key in the header', () async {
    final seen = <http.Request>[];
    final event = PhoneEvent(
      taskId: 'dlv_1',
      key: 'key-1',
      type: EventType.opened,
      occurredAt: DateTime.utc(2026, 12, 1, 9),
    );

    await expectLater(answering(http.Response('', 404), seen).sendEvent(event), throwsA(isA<Refused>()));

    expect(seen.single.url.path, '/agent/v1/tasks/dlv_1/events');
    expect(seen.single.headers, containsPair('Idempotency-Key', 'key-1'));
  });
}
