/// The agent API as the app calls it; the only file that knows HTTP.
library;

import 'dart:async';
import 'dart:convert';
import 'dart:io';

import 'package:http/http.dart' as http;

import 'endpoints.dart';
import 'errors.dart';
import 'event.dart';
import 'event_result.dart';
import 'json.dart';
import 'pairing.dart';
import 'push_address.dart';
import 'task.dart';

const _answerTimeout = Duration(seconds: 20);

/// Calls one service; the token goes to its host and to no other.
class AgentApi {
  const AgentApi(this._client, {required this.service, this.token});

  final http.Client _client;

  /// The service's address, without a path.
  final Uri service;

  /// Null until the phone is paired.
  final String? token;

  /// Trades a code for a token of the phone's own.
  Future<Pairing> pair(PairRequest asked) async =>
      Pairing.fromJson(await _ask(Endpoints.pair, body: asked.toJson()));

  /// Asks who the phone is, and where it is rung.
  Future<Me> me() async => Me.fromJson(await _ask(Endpoints.me));

  /// Tells where the phone is rung; the same again is a sign of life.
  Future<void> putPush(PushAddress push) => _send(Endpoints.putPush, body: push.toJson());

  /// Asks for a push to this phone, to see that it comes.
  Future<void> testPush() => _send(Endpoints.testPush);

  /// Takes leave.
  Future<void> unpair() => _send(Endpoints.deleteDevice);

  Future<Task> task(String id) async => Task.fromJson(await _ask(Endpoints.showTask, id: id));

  /// Fetches one page of a state: `active` or `upcoming`.
  Future<TasksAnswer> tasks(String state, {String? cursor}) async => TasksAnswer.fromJson(
    await _ask(Endpoints.listTasks, query: {'state': state, if (cursor != null) 'cursor': cursor}),
  );

  /// Sends one event.
  Future<EventResult> sendEvent(PhoneEvent event) async {
    final answer = await _send(
      Endpoints.postEvent,
      id: event.taskId,
      body: event.toJson(),
      headers: {'Idempotency-Key': event.key},
    );
    final wasReplayed = answer.headers['idempotency-replayed'] == 'true';
    return EventResult(task: Task.fromJson(Json.parse(utf8.decode(answer.bodyBytes))), wasReplayed: wasReplayed);
  }

  /// Sends up to 50 events; the results are in their order.
  Future<List<EventResult>> sendBatch(List<PhoneEvent> events) async {
    final items = [for (final event in events) event.toBatchItem()];
    return BatchAnswer.fromJson(await _ask(Endpoints.postBatch, body: {'events': items})).results;
  }

  /// Opens a file from byte `from` on; `etag` says of which file the earlier bytes are.
  Future<http.StreamedResponse> open(Uri url, {int from = 0, String etag = ''}) async {
    final request = http.Request('GET', service.resolveUri(url));
    if (from > 0) {
      request.headers.addAll({'Range': 'bytes=$from-', 'If-Range': '"$etag"'});
    }
    _authorize(request);
    final answer = await _reach(() => _client.send(request));
    if (answer.statusCode == HttpStatus.ok || answer.statusCode == HttpStatus.partialContent) {
      return answer;
    }
    throw _errorOf(await http.Response.fromStream(answer));
  }

  Future<Json> _ask(Endpoint endpoint, {String id = '', Map<String, String>? query, Object? body}) async {
    final answer = await _send(endpoint, id: id, query: query, body: body);
    return Json.parse(utf8.decode(answer.bodyBytes));
  }

  Future<http.Response> _send(
    Endpoint endpoint, {
    String id = '',
    Map<String, String>? query,
    Object? body,
    Map<String, String> headers = const {},
  }) async {
    final request = http.Request(endpoint.method, endpoint.on(service, id: id, query: query));
    request.headers.addAll(headers);
    if (body != null) {
      request.headers['Content-Type'] = 'application/json';
      request.body = jsonEncode(body);
    }
    _authorize(request);
    final answer = await _reach(() async => http.Response.fromStream(await _client.send(request)));
    if (answer.statusCode < 300) {
      return answer;
    }
    throw _errorOf(answer);
  }

  void _authorize(http.Request request) {
    final to = request.url;
    final isOurs = (to.scheme, to.host, to.port) == (service.scheme, service.host, service.port);
    if (token != null && isOurs) {
      request.headers['Authorization'] = 'Bearer $token';
    }
  }
}

/// Waits for an answer; a broken network and a silent one look the same from here.
Future<T> _reach<T>(Future<T> Function() call) async {
  try {
    return await call().timeout(_answerTimeout);
  } on http.ClientException catch (error) {
    throw Unreachable(error.message);
  } on IOException catch (error) {
    throw Unreachable(error.toString());
  } on TimeoutException {
    throw const Unreachable('no answer within 20 s');
  }
}

AgentApiError _errorOf(http.Response answer) {
  final status = answer.statusCode;
  if (status == HttpStatus.unauthorized) {
    return const TokenRefused();
  }
  if (status == HttpStatus.tooManyRequests || status >= 500) {
    final seconds = int.tryParse(answer.headers['retry-after'] ?? '');
    return Unreachable('status $status', retryAfter: seconds == null ? null : Duration(seconds: seconds));
  }
  if (!(answer.headers['content-type'] ?? '').contains('json')) {
    return Refused(status, '', 'status $status');
  }
  final problem = Problem.fromJson(Json.parse(utf8.decode(answer.bodyBytes)));
  return Refused(status, problem.code, problem.detail, task: problem.task);
}
