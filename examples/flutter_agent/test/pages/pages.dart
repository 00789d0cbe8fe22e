/// Puts a page on the screen, in English, over a phone with fakes.
library;

import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:postengine_agent/l10n/app_localizations.dart';
import 'package:postengine_agent/routes.dart';
import 'package:postengine_agent/scope.dart';

import '../support/handset.dart';

Future<void> pumpPage(WidgetTester tester, Handset handset, Widget page, {Locale locale = const Locale('en')}) async {
  await tester.pumpWidget(
    PhoneScope(
      phone: handset.phone,
      notices: handset.notices,
      native: handset.native,
      child: MaterialApp(
        locale: locale,
        localizationsDelegates: AppLocalizations.localizationsDelegates,
        supportedLocales: AppLocalizations.supportedLocales,
        onGenerateRoute: routeOf,
        home: page,
      ),
    ),
  );
  await tester.pumpAndSettle();
}

/// Pairs with real files, which the frozen time of a widget test does not read.
Future<void> pairFor(WidgetTester tester, Handset handset) async {
  addTearDown(handset.delete);
  await tester.runAsync(handset.pair);
}
