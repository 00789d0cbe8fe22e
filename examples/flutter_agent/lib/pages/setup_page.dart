/// Proves that notifications come, and helps where a battery saver holds them back.
library;

import 'package:flutter/material.dart';

import '../contract/pairing.dart';
import '../l10n/app_localizations.dart';
import '../phone/battery_saver.dart';
import '../scope.dart';
import '../widgets/local_time.dart';
import '../widgets/status_banner.dart';

class SetupPage extends StatelessWidget {
  const SetupPage({super.key});

  @override
  Widget build(BuildContext context) {
    final words = AppLocalizations.of(context);
    final scope = PhoneScope.of(context);
    final pushedAt = scope.phone.pushedAt;
    return Scaffold(
      appBar: AppBar(title: Text(words.setupTitle)),
      body: SafeArea(
        child: ListView(
          padding: const EdgeInsets.all(16),
          children: [
            const StatusBanner(),
            ListTile(
              leading: const Icon(Icons.person_outline),
              title: Text(scope.phone.session?.agentName ?? ''),
              subtitle: Text(scope.phone.session?.tenantName ?? ''),
            ),
            OutlinedButton(onPressed: scope.notices.ask, child: Text(words.setupAllow)),
            const SizedBox(height: 8),
            FilledButton(onPressed: scope.phone.testPush, child: Text(words.setupTest)),
            ListTile(
              leading: const Icon(Icons.notifications_active_outlined),
              title: Text(pushedAt == null ? words.setupNoPush : words.setupLastPush(localTime(context, pushedAt))),
            ),
            const _BatteryCard(),
            const SizedBox(height: 24),
            OutlinedButton(onPressed: () => _unpair(context), child: Text(words.unpair)),
          ],
        ),
      ),
    );
  }

  Future<void> _unpair(BuildContext context) async {
    final phone = PhoneScope.read(context).phone;
    final navigator = Navigator.of(context);
    await phone.unpair();
    if (phone.session == null) {
      navigator.popUntil((route) => route.isFirst);
    }
  }
}

/// The steps for this phone's maker; they differ, and each hides them elsewhere.
class _BatteryCard extends StatefulWidget {
  const _BatteryCard();

  @override
  State<_BatteryCard> createState() => _BatteryCardState();
}

class _BatteryCardState extends State<_BatteryCard> {
  late final Future<(DeviceFacts, bool)> _facts = _look();

  Future<(DeviceFacts, bool)> _look() async {
    final native = PhoneScope.read(context).native;
    return (await native.device(), await native.isBatteryUnrestricted());
  }

  @override
  Widget build(BuildContext context) => FutureBuilder<(DeviceFacts, bool)>(
    future: _facts,
    builder: (context, snapshot) {
      final (device, isUnrestricted) = snapshot.data ?? (null, true);
      return device == null ? const SizedBox.shrink() : _card(context, device, isUnrestricted: isUnrestricted);
    },
  );

  Widget _card(BuildContext context, DeviceFacts device, {required bool isUnrestricted}) {
    final words = AppLocalizations.of(context);
    return Card(
      child: Padding(
        padding: const EdgeInsets.all(16),
        child: Column(
          crossAxisAlignment: CrossAxisAlignment.start,
          children: [
            Text(words.batteryTitle, style: Theme.of(context).textTheme.titleLarge),
            const SizedBox(height: 8),
            Text(isUnrestricted ? words.batteryFree : words.batteryHeldBack),
            const SizedBox(height: 8),
            Text(_steps(words, batterySaverOf(device.maker))),
            const SizedBox(height: 16),
            OutlinedButton(
              onPressed: PhoneScope.read(context).native.openAppSettings,
              child: Text(words.batteryOpen),
            ),
          ],
        ),
      ),
    );
  }

  String _steps(AppLocalizations words, BatterySaver saver) => switch (saver) {
    BatterySaver.xiaomi => words.batteryXiaomi,
    BatterySaver.oppo => words.batteryOppo,
    BatterySaver.samsung => words.batterySamsung,
    BatterySaver.huawei => words.batteryHuawei,
    BatterySaver.other => words.batteryOther,
  };
}
