/// The phone as pages and pushes see it: pairs, takes tasks in, tells events, and wipes itself on a 401.
library;

import 'package:flutter/foundation.dart';
import 'package:http/http.dart' as http;

import '../contract/agent_api.dart';
import '../contract/errors.dart';
import '../contract/event.dart';
import '../contract/json.dart';
import '../contract/pairing.dart';
import '../contract/push_data.dart';
import '../contract/task.dart';
import 'intake.dart';
import 'notices.dart';
import 'registration.dart';
import 'stores.dart';

/// The same in the app and in its background handler; pages listen to it.
class Phone extends ChangeNotifier {
  Phone(
    this._stores, {
    required http.Client client,
    required Doorbell doorbell,
    required Notices notices,
    this.now = DateTime.now,
  }) : _client = client,
       _notices = notices,
       _registration = Registration(doorbell, _stores.marks),
       _intake = Intake(_stores, notices, now),
       session = _stores.sessions.load();

  final Stores _stores;
  final http.Client _client;
  final Notices _notices;
  final Registration _registration;
  final Intake _intake;

  /// The phone's own clock, which may be wrong.
  final DateTime Function() now;

  /// Null while not paired.
  Session? session;

  /// Whether the last call found the service.
  bool isReachable = true;

  /// What the service refused last, in its own words; empty for nothing.
  String refusal = '';

  /// Whether the service took the pairing back.
  bool wasWiped = false;

  /// The tasks of the next day, not to be posted yet.
  List<Task> upcoming = const [];

  /// The service asked for no call before this.
  DateTime? _quietUntil;

  /// The tasks that wait for an answer, the next due first.
  List<Task> get active => _stores.tasks.all().where((task) => task.state.isOpen).toList();

  /// A task as last heard of; null once it is forgotten.
  Task? task(String id) => _stores.tasks.find(id);

  bool hasFiles(Task task) => _stores.media.hasAll(task.assets);

  /// Where the files of a task are, in its order.
  List<String> filesOf(Task task) => [for (final asset in task.assets) _stores.media.fileOf(asset).path];

  /// How many events wait for a network.
  int get untold => _stores.outbox.waiting().length;

  /// When the last push came.
  DateTime? get pushedAt => _stores.marks.pushedAt;

  /// The time by the service's clock.
  DateTime get serverNow => now().add(_stores.marks.clockAhead);

  /// Trades a code for a token.
  ///
  /// Throws [Refused] for a code that is wrong, used or old, [Unreachable] where there is no service.
  Future<void> pair(PairingOffer offer, DeviceFacts device) async {
    final push = await _registration.address();
    final asked = PairRequest(code: offer.code, device: device, push: push);
    final pairing = await AgentApi(_client, service: offer.service).pair(asked);
    final paired = Session.of(pairing, service: offer.service);
    _stores.sessions.save(paired);
    _stores.marks.noteTold(push.token, now());
    _stores.marks.noteClock(pairing.serverTime, now());
    session = paired;
    wasWiped = false;
    notifyListeners();
    await poll();
  }

  /// Takes leave of the service and forgets everything; needs a network, so that the token ends, too.
  Future<void> unpair() => _tolerant((api) async {
    await api.unpair();
    await _wipe();
  });

  /// Does what is to be done when the app comes to the front.
  Future<void> wake() async {
    session = _stores.sessions.load();
    await _tolerant((api) => _registration.compare(api, now()));
    await poll();
  }

  /// Takes in a push, also while the app is closed.
  Future<void> receive(PushData push) async {
    _stores.marks.notePush(now());
    switch (push.type) {
      case PushType.manualTask:
        await _tolerant((api) async => _intake.take(api, await api.task(push.taskId)));
      case PushType.taskClosed:
        await _intake.close(push.taskId);
      case PushType.summary:
        await poll();
      case PushType.ping || PushType.unknown:
        await _tolerant((api) => _registration.tell(api, now()));
    }
    await keepRegistration();
    await sync();
  }

  /// Tells the registration if Firebase gave another one, or if a month is over.
  Future<void> keepRegistration() => _tolerant((api) => _registration.keep(api, now()));

  /// Asks for a test notification.
  Future<void> testPush() => _tolerant((api) => api.testPush());

  /// Tells what waits, then fetches all tasks without a push.
  Future<void> poll() async {
    await sync();
    await _tolerant((api) async {
      final listed = await _intake.pages(api, 'active');
      upcoming = await _intake.pages(api, 'upcoming');
      await _intake.keepOnly(listed);
      for (final task in listed) {
        await _intake.take(api, task);
      }
    });
  }

  /// Notes an event, and tells it now or as soon as there is a network.
  Future<void> tell(Task task, EventType type, {String? reason, DateTime? snoozeUntil, String? proofUrl}) {
    _intake.note(task, type, reason: reason, snoozeUntil: snoozeUntil, proofUrl: proofUrl);
    notifyListeners();
    return sync();
  }

  /// Tells all events that wait, in batches.
  Future<void> sync() => _tolerant((api) async {
    final refused = await _intake.flush(api);
    refusal = refused.isEmpty ? refusal : refused;
  });

  void clearRefusal() {
    refusal = '';
    notifyListeners();
  }

  /// Lives on without the network and after a refusal, and wipes the phone when its token is refused.
  Future<void> _tolerant(Future<void> Function(AgentApi api) work) async {
    final paired = session;
    final quietUntil = _quietUntil;
    if (paired == null || (quietUntil != null && now().isBefore(quietUntil))) {
      return;
    }
    try {
      await work(AgentApi(_client, service: paired.service, token: paired.token));
      isReachable = true;
    } on Unreachable catch (error) {
      isReachable = false;
      _quietUntil = now().add(error.retryAfter ?? Duration.zero);
    } on Refused catch (error) {
      refusal = error.message;
    } on ContractBroken catch (error) {
      refusal = error.message;
    } on TokenRefused {
      wasWiped = true;
      await _wipe();
    }
    notifyListeners();
  }

  Future<void> _wipe() async {
    session = null;
    upcoming = const [];
    refusal = '';
    _stores.clear();
    await _notices.takeAllAway();
    await _registration.forget();
  }
}
