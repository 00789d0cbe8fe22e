/// From an address to a page: the app's own, the link of a push, and the link that an operator shows.
library;

import 'dart:async';

import 'package:flutter/material.dart';

import 'contract/pairing.dart';
import 'pages/home_page.dart';
import 'pages/setup_page.dart';
import 'pages/task_page.dart';

const setupRoute = '/setup';

/// `https://HOST/agent/?task=ID` and `/agent/?task=ID` open a task, `#pair=CODE` the pairing, all else home.
Route<void> routeOf(RouteSettings settings) {
  final name = settings.name ?? '/';
  return MaterialPageRoute<void>(settings: settings, builder: (_) => _pageOf(name));
}

/// Puts the home page below the first one, so that "back" leads there.
List<Route<void>> firstRoutes(String name) {
  final home = routeOf(const RouteSettings(name: '/'));
  return taskIdOf(name) == null ? [routeOf(RouteSettings(name: name))] : [home, routeOf(RouteSettings(name: name))];
}

/// Opens what the link of a push names: a task on top of what is open, all else by going home.
void openLink(NavigatorState? navigator, String link) {
  if (taskIdOf(link) == null) {
    navigator?.popUntil((route) => route.isFirst);
  } else {
    unawaited(navigator?.pushNamed<void>(link));
  }
}

/// The task that a link names; null for another link.
String? taskIdOf(String link) {
  final id = Uri.tryParse(link)?.queryParameters['task'] ?? '';
  return id.isEmpty ? null : id;
}

Widget _pageOf(String name) {
  final taskId = taskIdOf(name);
  if (taskId != null) {
    return TaskPage(taskId: taskId);
  }
  return name == setupRoute ? const SetupPage() : HomePage(offer: PairingOffer.fromLink(name));
}
