/// A text, and one tap to copy it.
library;

import 'package:flutter/material.dart';
import 'package:flutter/services.dart';
import 'package:intl/intl.dart' as intl;

import '../l10n/app_localizations.dart';

class CopyCard extends StatelessWidget {
  const CopyCard({super.key, required this.title, required this.text});

  final String title;
  final String text;

  @override
  Widget build(BuildContext context) => Card(
    margin: const EdgeInsets.symmetric(horizontal: 16, vertical: 8),
    child: Padding(
      padding: const EdgeInsets.all(16),
      child: Column(
        crossAxisAlignment: CrossAxisAlignment.stretch,
        children: [
          Text(title, style: Theme.of(context).textTheme.titleMedium),
          const SizedBox(height: 8),
          // The text has a language of its own, whatever the app speaks.
          Text(text, textDirection: _directionOf(text)),
          Align(
            alignment: AlignmentDirectional.centerEnd,
            child: TextButton.icon(
              onPressed: () => _copy(context),
              icon: const Icon(Icons.copy),
              label: Text(AppLocalizations.of(context).copy),
            ),
          ),
        ],
      ),
    ),
  );

  Future<void> _copy(BuildContext context) async {
    final messenger = ScaffoldMessenger.of(context);
    final copied = AppLocalizations.of(context).copied;
    await Clipboard.setData(ClipboardData(text: text));
    messenger.showSnackBar(SnackBar(content: Text(copied)));
  }

  static TextDirection _directionOf(String text) =>
      intl.Bidi.detectRtlDirectionality(text) ? TextDirection.rtl : TextDirection.ltr;
}
