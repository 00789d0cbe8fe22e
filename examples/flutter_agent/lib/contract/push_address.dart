/// Where the phone wants to be rung.
library;

import 'json.dart';

/// A registration with Firebase, or none for a phone without Google's services, which then only asks.
class PushAddress {
  const PushAddress.fcm(String this.token);

  const PushAddress.none() : token = null;

  final String? token;

  Map<String, Object?> toJson() => token == null ? {'kind': 'none'} : {'kind': 'fcm', 'token': token};
}

/// Whose phone it is and where the service rings it, as `GET me` tells.
class Me {
  Me.fromJson(Json json)
    : deviceId = json.text('device_id'),
      push = KnownPush.fromJson(json.object('push')),
      serverTime = json.instant('server_time');

  final String deviceId;
  final KnownPush push;
  final DateTime serverTime;
}

class KnownPush {
  KnownPush.fromJson(Json json) : kind = json.text('kind'), isLost = json.flag('is_lost');

  final String kind;

  /// Firebase no longer knows the registration that the service has.
  final bool isLost;
}
