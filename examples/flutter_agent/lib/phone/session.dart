/// Whose phone this is.
library;

import '../contract/json.dart';
import '../contract/pairing.dart';
import 'folder.dart';

class Session {
  const Session({
    required this.service,
    required this.token,
    required this.deviceId,
    required this.agentName,
    required this.tenantName,
    required this.pollIntervalS,
  });

  Session.of(Pairing pairing, {required this.service})
    : token = pairing.token,
      deviceId = pairing.deviceId,
      agentName = pairing.agent.name,
      tenantName = pairing.tenant.name,
      pollIntervalS = pairing.pollIntervalS;

  Session._fromJson(Json json)
    : service = Uri.parse(json.text('service')),
      token = json.text('token'),
      deviceId = json.text('device_id'),
      agentName = json.text('agent_name'),
      tenantName = json.text('tenant_name'),
      pollIntervalS = json.whole('poll_interval_s');

  final Uri service;
  final String token;
  final String deviceId;
  final String agentName;
  final String tenantName;
  final int pollIntervalS;

  Map<String, Object?> _toJson() => {
    'service': service.toString(),
    'token': token,
    'device_id': deviceId,
    'agent_name': agentName,
    'tenant_name': tenantName,
    'poll_interval_s': pollIntervalS,
  };
}

/// Keeps the session in the app's private folder, which no other app reads and no backup takes along.
class SessionStore {
  const SessionStore(this._folder);

  final Folder _folder;

  static const _name = 'session';

  Session? load() {
    final json = _folder.read(_name);
    return json == null ? null : Session._fromJson(json);
  }

  void save(Session session) => _folder.write(_name, session._toJson());

  void clear() => _folder.delete(_name);
}
