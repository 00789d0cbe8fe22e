/// The app around its pages: words, colours, routes, and what happens when it comes to the front.
library;

import 'dart:async';

import 'package:flutter/material.dart';

import 'l10n/app_localizations.dart';
import 'native/native.dart';
import 'phone/notices.dart';
import 'phone/phone.dart';
import 'routes.dart';
import 'scope.dart';
import 'theme.dart';

class AgentApp extends StatefulWidget {
  const AgentApp({super.key, required this.phone, required this.notices, required this.native, this.navigator});

  final Phone phone;
  final Notices notices;
  final Native native;

  /// Lets a notification open a page.
  final GlobalKey<NavigatorState>? navigator;

  @override
  State<AgentApp> createState() => _AgentAppState();
}

class _AgentAppState extends State<AgentApp> {
  late final AppLifecycleListener _lifecycle;
  Timer? _polling;

  @override
  void initState() {
    super.initState();
    _lifecycle = AppLifecycleListener(onResume: _wake, onHide: _stop);
    _wake();
  }

  @override
  void dispose() {
    _stop();
    _lifecycle.dispose();
    super.dispose();
  }

  /// Asks now, and again and again while the app is in front: not every push comes.
  void _wake() {
    _stop();
    unawaited(widget.phone.wake());
    final seconds = widget.phone.session?.pollIntervalS ?? 60;
    _polling = Timer.periodic(Duration(seconds: seconds), (_) => unawaited(widget.phone.poll()));
  }

  void _stop() => _polling?.cancel();

  @override
  Widget build(BuildContext context) => PhoneScope(
    phone: widget.phone,
    notices: widget.notices,
    native: widget.native,
    child: MaterialApp(
      navigatorKey: widget.navigator,
      onGenerateTitle: (context) => AppLocalizations.of(context).appTitle,
      theme: themeFor(Brightness.light),
      darkTheme: themeFor(Brightness.dark),
      localizationsDelegates: AppLocalizations.localizationsDelegates,
      supportedLocales: AppLocalizations.supportedLocales,
      onGenerateRoute: routeOf,
      onGenerateInitialRoutes: firstRoutes,
    ),
  );
}
