/// Pairing: from what an operator shows to whose phone this is.
library;

import 'json.dart';
import 'push_address.dart';

/// What the QR code, or the typed code, says.
class PairingOffer {
  const PairingOffer(this.service, this.code);

  /// Reads `https://HOST/agent/#pair=CODE`; null if it is something else.
  static PairingOffer? fromLink(String text) {
    final link = Uri.tryParse(text.trim());
    if (link == null || link.host.isEmpty || !_isSafe(link)) {
      return null;
    }
    final Map<String, String> named;
    try {
      named = Uri.splitQueryString(link.fragment);
    } on ArgumentError {
      return null;
    }
    final code = named['pair'] ?? '';
    return code.isEmpty ? null : PairingOffer(_serviceOf(link), code);
  }

  /// Reads a typed code and address; null if the address is none.
  static PairingOffer? typed(String service, String code) {
    final written = service.trim();
    final link = Uri.tryParse(written.contains('://') ? written : 'https://$written');
    if (link == null || link.host.isEmpty || !_isSafe(link) || code.trim().isEmpty) {
      return null;
    }
    return PairingOffer(_serviceOf(link), code.trim());
  }

  /// The service's address, without a path.
  final Uri service;
  final String code;

  static Uri _serviceOf(Uri link) => Uri.parse(link.origin);

  /// The token must not travel in clear; a service on the developer's own machine is no network.
  static bool _isSafe(Uri link) =>
      link.scheme == 'https' || (link.scheme == 'http' && _ownMachine.contains(link.host));

  /// The last is how an emulator reaches the machine that it runs on.
  static const _ownMachine = {'localhost', '127.0.0.1', '10.0.2.2'};
}

/// What the phone says of itself.
class DeviceFacts {
  const DeviceFacts({required this.platform, required this.maker, required this.model, required this.appVersion});

  final String platform;

  /// Decides which battery saver is explained; not sent.
  final String maker;
  final String model;
  final String appVersion;

  Map<String, Object?> toJson() => {'platform': platform, 'model': model, 'app_version': appVersion};
}

/// The body of the request.
class PairRequest {
  const PairRequest({required this.code, required this.device, required this.push});

  final String code;
  final DeviceFacts device;
  final PushAddress push;

  Map<String, Object?> toJson() => {'code': code, 'device': device.toJson(), 'push': push.toJson()};
}

/// What the phone gets for its code.
class Pairing {
  Pairing.fromJson(Json json)
    : deviceId = json.text('device_id'),
      token = json.text('token'),
      agent = PartyName.fromJson(json.object('agent')),
      tenant = PartyName.fromJson(json.object('tenant')),
      pollIntervalS = json.whole('poll_interval_s'),
      serverTime = json.instant('server_time');

  final String deviceId;

  /// Opens the service for this phone alone.
  final String token;
  final PartyName agent;
  final PartyName tenant;
  final int pollIntervalS;
  final DateTime serverTime;
}

/// Who: the agent, or the office.
class PartyName {
  PartyName.fromJson(Json json) : id = json.text('id'), name = json.text('name');

  final String id;
  final String name;
}
