/// Says what is wrong, where something is: no network, notifications off, an answer that was refused.
library;

import 'package:flutter/material.dart';

import '../l10n/app_localizations.dart';
import '../routes.dart';
import '../scope.dart';

class StatusBanner extends StatelessWidget {
  const StatusBanner({super.key});

  @override
  Widget build(BuildContext context) {
    final words = AppLocalizations.of(context);
    final scope = PhoneScope.of(context);
    final phone = scope.phone;
    return Column(
      children: [
        if (!phone.isReachable) _Line(Icons.cloud_off, words.bannerOffline(phone.untold)),
        if (phone.refusal.isNotEmpty) _Line(Icons.error_outline, phone.refusal, onTap: phone.clearRefusal),
        FutureBuilder<bool>(
          future: scope.notices.areAllowed(),
          builder: (context, allowed) => allowed.data ?? true
              ? const SizedBox.shrink()
              : _Line(
                  Icons.notifications_off,
                  words.bannerNotificationsOff,
                  onTap: () => Navigator.of(context).pushNamed<void>(setupRoute),
                ),
        ),
      ],
    );
  }
}

class _Line extends StatelessWidget {
  const _Line(this.icon, this.text, {this.onTap});

  final IconData icon;
  final String text;
  final VoidCallback? onTap;

  @override
  Widget build(BuildContext context) {
    final colors = Theme.of(context).colorScheme;
    return Semantics(
      liveRegion: true,
      child: ListTile(
        tileColor: colors.errorContainer,
        textColor: colors.onErrorContainer,
        iconColor: colors.onErrorContainer,
        leading: Icon(icon),
        title: Text(text),
        onTap: onTap,
      ),
    );
  }
}
