/// The first page: the pairing for a new phone, the tasks for a paired one.
library;

import 'package:flutter/material.dart';

import '../contract/pairing.dart';
import '../scope.dart';
import 'pair_page.dart';
import 'tasks_page.dart';

class HomePage extends StatelessWidget {
  const HomePage({super.key, this.offer});

  /// From the link that opened the app.
  final PairingOffer? offer;

  @override
  Widget build(BuildContext context) {
    final isPaired = PhoneScope.of(context).phone.session != null;
    return isPaired ? const TasksPage() : PairPage(offer: offer);
  }
}
