/// Starts the app.
library;

import 'package:firebase_core/firebase_core.dart';
import 'package:flutter/material.dart';

import 'app.dart';
import 'native/native.dart';
import 'push/foreground.dart';
import 'routes.dart';
import 'wiring.dart';

Future<void> main() async {
  WidgetsFlutterBinding.ensureInitialized();
  await Firebase.initializeApp();
  final navigator = GlobalKey<NavigatorState>();
  void open(String link) => openLink(navigator.currentState, link);
  final parts = await openParts(opened: open);
  runApp(AgentApp(phone: parts.phone, notices: parts.notices, native: const Native(), navigator: navigator));
  // A tap that started the app opens its task, which needs the first page in place.
  await WidgetsBinding.instance.endOfFrame;
  await PushListeners(parts.phone, parts.notices, open: open).start();
}
