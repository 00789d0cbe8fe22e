/// Pushes and taps while the app is open, and the one that started it.
library;

import 'dart:async';

import 'package:firebase_messaging/firebase_messaging.dart';

import '../contract/push_data.dart';
import '../phone/phone.dart';
import 'background.dart';
import 'system_notices.dart';

class PushListeners {
  PushListeners(this._phone, this._notices, {required void Function(String link) open}) : _open = open;

  final Phone _phone;
  final SystemNotices _notices;

  /// Opens the page that a link names.
  final void Function(String link) _open;

  /// Listens as long as the app lives, and opens the task whose notification started the app.
  Future<void> start() async {
    FirebaseMessaging.onBackgroundMessage(receiveInBackground);
    FirebaseMessaging.onMessage.listen((message) => unawaited(_receive(PushData.of(message.data))));
    FirebaseMessaging.onMessageOpenedApp.listen((message) => _open(PushData.of(message.data).link));
    FirebaseMessaging.instance.onTokenRefresh.listen((_) => unawaited(_phone.keepRegistration()));
    final starter = await FirebaseMessaging.instance.getInitialMessage();
    final link = starter == null ? await _notices.startedBy() : PushData.of(starter.data).link;
    if (link != null) {
      _open(link);
    }
  }

  /// Android shows no push of an app that is open, so the app does; a task that ended is taken away instead.
  Future<void> _receive(PushData push) async {
    if (push.type != PushType.taskClosed) {
      await _notices.show(push);
    }
    await _phone.receive(push);
  }
}
