/// What happens on a push while the app is closed or behind another one.
library;

import 'package:firebase_core/firebase_core.dart';
import 'package:firebase_messaging/firebase_messaging.dart';
import 'package:flutter/widgets.dart';

import '../contract/push_data.dart';
import '../wiring.dart';

/// Runs in an isolate of its own, so it opens everything anew.
///
/// The system has shown the notification already, as the push carries one. A tap on it starts the app itself:
/// there is no service or receiver between, which Android 12 and later would not let start a page.
@pragma('vm:entry-point')
Future<void> receiveInBackground(RemoteMessage message) async {
  WidgetsFlutterBinding.ensureInitialized();
  await Firebase.initializeApp();
  final parts = await openParts();
  final push = PushData.of(message.data);
  await parts.phone.receive(push);
  if (message.notification == null && push.type == PushType.manualTask) {
    await parts.notices.show(push);
  }
  parts.close();
}
