/// A service in memory: it keeps tasks, hears events by their keys, and may be away.
library;

import 'dart:convert';

import 'package:crypto/crypto.dart';
import 'package:http/http.dart' as http;
import 'package:http/testing.dart';

final service = Uri.parse('https://posts.test');

/// The bytes of the one file, and its hash.
final film = utf8.encode('a film of a villa');
final filmHash = sha256.convert(film).toString();

/// A task as the service writes it.
Map<String, Object?> taskJson({
  String id = 'dlv_1',
  int rev = 1,
  String state = 'notified',
  String shareMode = 'share_to_status',
  String? url,
  Map<String, Object?> snooze = const {'remaining': 3, 'latest': '2026-12-02T08:45:00Z'},
}) => {
  'id': id,
  'rev': rev,
  'state': state,
  'channel': {
    'kind': 'whatsapp_status',
    'target_name': "Ana's status",
    'packages': ['com.whatsapp', 'com.whatsapp.w4b'],
    'share_mode': shareMode,
    'url': url,
  },
  'title': 'Villa Aurora',
  'caption': 'Villa Aurora: just listed',
  'first_comment': 'Call Ana',
  'assets': [
    {
      'id': 'ast_1',
      'url': 'https://posts.test/agent/v1/assets/ast_1?exp=1&sig=2',
      'mime': 'video/mp4',
      'bytes': film.length,
      'sha256': filmHash,
      'filename': 'villa.mp4',
      'width': 1080,
      'height': 1920,
      'duration_s': 12.5,
      'alt': 'A white villa',
    },
  ],
  'scheduled_at': '2026-12-01T09:00:00Z',
  'expires_at': '2026-12-02T09:00:00Z',
  'snooze': snooze,
  'actions': ['open', 'share', 'confirm', 'decline', 'snooze'],
};

class FakeService {
  FakeService([List<Map<String, Object?>> tasks = const []])
    : tasks = {for (final task in tasks) task['id']! as String: task};

  final Map<String, Map<String, Object?>> tasks;

  /// Every call, as "METHOD path".
  final calls = <String>[];

  /// The events that were taken, in their order; one that comes again is not.
  final heard = <Map<String, Object?>>[];
  final pushes = <Map<String, Object?>>[];
  final _keys = <String>{};

  List<int> file = film;
  bool isAway = false;
  bool isRevoked = false;
  bool isPushLost = false;

  late final http.Client client = MockClient(_answer);

  Iterable<Object?> get heardTypes => heard.map((event) => event['type']);

  Future<http.Response> _answer(http.Request request) async {
    if (isAway) {
      throw http.ClientException('no network');
    }
    final path = request.url.path.replaceFirst('/agent/v1/', '');
    calls.add('${request.method} $path');
    if (path == 'pair') {
      return _json(201, {...(await _body(request)), ..._about, 'token': 'secret'});
    }
    if (isRevoked || request.headers['Authorization'] != 'Bearer secret') {
      return _problem(401, 'token_unknown');
    }
    return _known(request, path);
  }

  Future<http.Response> _known(http.Request request, String path) async => switch ((request.method, path)) {
    ('GET', 'me') => _json(200, {..._about, 'push': {'kind': 'fcm', 'is_lost': isPushLost}}),
    ('PUT', 'device/push') => _json(200, _tellPush(await _body(request))),
    ('DELETE', 'device') || ('POST', 'device/test') => http.Response('', 204),
    ('GET', 'tasks') => _json(200, {'tasks': _listed(request), 'cursor': null, 'server_time': _serverTime}),
    ('POST', 'events:batch') => _json(200, {'results': _hearAll(await _body(request))}),
    ('GET', 'assets/ast_1') => http.Response.bytes(file, 200),
    ('GET', _) when tasks.containsKey(path.replaceFirst('tasks/', '')) =>
      _json(200, tasks[path.replaceFirst('tasks/', '')]!),
    _ => _problem(404, 'not_found'),
  };

  static const _serverTime = '2026-12-01T09:00:00Z';

  Map<String, Object?> get _about => {
    'device_id': 'dev_1',
    'agent': {'id': 'agt_1', 'name': 'Ana'},
    'tenant': {'id': 'tnt_1', 'name': 'Harbour Homes'},
    'poll_interval_s': 60,
    'server_time': _serverTime,
  };

  Map<String, Object?> _tellPush(Map<String, Object?> push) {
    pushes.add(push);
    return {'device_id': 'dev_1'};
  }

  List<Object?> _listed(http.Request request) =>
      request.url.queryParameters['state'] == 'active' ? tasks.values.toList() : const [];

  List<Object?> _hearAll(Map<String, Object?> body) => [
    for (final item in body['events']! as List<Object?>) _hear(item! as Map<String, Object?>),
  ];

  Map<String, Object?> _hear(Map<String, Object?> event) {
    final task = tasks[event['task_id']];
    if (task == null) {
      return {'status': 404, 'problem': {'code': 'task_unknown', 'detail': 'no such task'}};
    }
    final isNew = _keys.add(event['idempotency_key']! as String);
    if (isNew) {
      heard.add(event);
      _move(task, event['type']! as String);
    }
    return {'status': 200, 'task': task, if (!isNew) 'replayed': true};
  }

  void _move(Map<String, Object?> task, String type) {
    const states = {'opened': 'opened', 'shared': 'shared', 'confirmed': 'published', 'declined': 'declined'};
    task['state'] = states[type] ?? task['state'];
  }
}

Future<Map<String, Object?>> _body(http.Request request) async => jsonDecode(request.body) as Map<String, Object?>;

http.Response _json(int status, Map<String, Object?> body) =>
    http.Response(jsonEncode(body), status, headers: {'content-type': 'application/json; charset=utf-8'});

http.Response _problem(int status, String code) => http.Response(
  jsonEncode({'status': status, 'code': code, 'detail': code}),
  status,
  headers: {'content-type': 'application/problem+json'},
);
