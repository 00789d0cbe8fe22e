/// Keeps the service's knowledge of where the phone is rung fresh.
library;

import '../contract/agent_api.dart';
import '../contract/push_address.dart';
import 'marks.dart';

/// Where the phone is rung: Firebase in the app, a fake in tests.
abstract interface class Doorbell {
  /// The registration; null where there is none, as without Google's services.
  Future<String?> token();

  /// Gives the registration up, so that the phone does not ring for its former agent.
  Future<void> forget();
}

/// A registration that is silent for a month counts as stale, so it is told anew before that.
const heartbeatEvery = Duration(days: 28);

class Registration {
  const Registration(this._doorbell, this._marks);

  final Doorbell _doorbell;
  final Marks _marks;

  Future<PushAddress> address() async => _addressOf(await _doorbell.token());

  /// Tells the registration if it is another one, a month old, or lost on the other side.
  Future<void> keep(AgentApi api, DateTime now, {bool isLost = false}) async {
    final token = await _doorbell.token();
    if (isLost || token != _marks.toldPush || _isOld(now)) {
      await tell(api, now);
    }
  }

  /// Tells the registration in any case.
  Future<void> tell(AgentApi api, DateTime now) async {
    final token = await _doorbell.token();
    await api.putPush(_addressOf(token));
    _marks.noteTold(token, now);
  }

  /// Compares with what the service has; to be asked when the app starts.
  Future<void> compare(AgentApi api, DateTime now) async {
    final me = await api.me();
    _marks.noteClock(me.serverTime, now);
    await keep(api, now, isLost: me.push.isLost);
  }

  Future<void> forget() => _doorbell.forget();

  bool _isOld(DateTime now) {
    final toldAt = _marks.toldAt;
    return toldAt == null || now.difference(toldAt) >= heartbeatEvery;
  }

  static PushAddress _addressOf(String? token) =>
      token == null ? const PushAddress.none() : PushAddress.fcm(token);
}
