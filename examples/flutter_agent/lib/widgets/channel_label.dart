/// What a channel is called, and its picture.
library;

import 'package:flutter/material.dart';

import '../contract/task_parts.dart';
import '../l10n/app_localizations.dart';

IconData channelIcon(String kind) => switch (kind) {
  'whatsapp_status' => Icons.chat_bubble_outline,
  'tiktok_personal' => Icons.music_note_outlined,
  'facebook_group' => Icons.groups_outlined,
  _ => Icons.share_outlined,
};

/// Such as "Facebook group: Homes in Lisbon".
String channelName(BuildContext context, TaskChannel channel) {
  final words = AppLocalizations.of(context);
  final kind = switch (channel.kind) {
    'whatsapp_status' => words.channelWhatsapp,
    'tiktok_personal' => words.channelTiktok,
    'facebook_group' => words.channelFacebook,
    _ => channel.kind.replaceAll('_', ' '),
  };
  final name = channel.targetName ?? '';
  return name.isEmpty ? kind : '$kind: $name';
}

/// What the person does in the app that opens.
String shareHint(BuildContext context, TaskChannel channel) {
  final words = AppLocalizations.of(context);
  return switch (channel.shareMode) {
    ShareMode.shareToStatus => words.hintStatus,
    ShareMode.package => words.hintPackage,
    ShareMode.openUrl => words.hintGroup,
    ShareMode.chooser => words.hintChooser,
  };
}
