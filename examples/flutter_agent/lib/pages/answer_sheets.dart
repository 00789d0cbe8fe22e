/// The sheets behind the three answers; each closes with null where the person changes their mind.
library;

import 'package:flutter/material.dart';

import '../l10n/app_localizations.dart';
import '../phone/proof_link.dart';
import '../widgets/local_time.dart';

/// The link to the post; empty where there is none, as for a status.
Future<String?> askForProof(BuildContext context) => showModalBottomSheet<String>(
  context: context,
  isScrollControlled: true,
  builder: (_) => const _ProofSheet(),
);

/// Until when, by the service's clock.
Future<DateTime?> askUntilWhen(BuildContext context, List<DateTime> choices) => showModalBottomSheet<DateTime>(
  context: context,
  builder: (context) => _Choices(
    title: AppLocalizations.of(context).snoozeTitle,
    choices: {for (final choice in choices) localTime(context, choice): choice},
  ),
);

/// Why it is not posted.
Future<String?> askForReason(BuildContext context) {
  final words = AppLocalizations.of(context);
  final reasons = [words.reasonTime, words.reasonPicture, words.reasonText, words.reasonProperty, words.reasonApp];
  return showModalBottomSheet<String>(
    context: context,
    builder: (_) => _Choices(title: words.reasonTitle, choices: {for (final reason in reasons) reason: reason}),
  );
}

class _Choices<T> extends StatelessWidget {
  const _Choices({required this.title, required this.choices});

  final String title;
  final Map<String, T> choices;

  @override
  Widget build(BuildContext context) => SafeArea(
    child: ListView(
      shrinkWrap: true,
      children: [
        ListTile(title: Text(title, style: Theme.of(context).textTheme.titleLarge)),
        for (final MapEntry(:key, :value) in choices.entries)
          ListTile(title: Text(key), minTileHeight: 56, onTap: () => Navigator.of(context).pop(value)),
      ],
    ),
  );
}

class _ProofSheet extends StatefulWidget {
  const _ProofSheet();

  @override
  State<_ProofSheet> createState() => _ProofSheetState();
}

class _ProofSheetState extends State<_ProofSheet> {
  final _link = TextEditingController();
  bool _isWrong = false;

  @override
  void dispose() {
    _link.dispose();
    super.dispose();
  }

  @override
  Widget build(BuildContext context) {
    final words = AppLocalizations.of(context);
    return Padding(
      // Above the keyboard.
      padding: EdgeInsets.fromLTRB(16, 24, 16, 24 + MediaQuery.viewInsetsOf(context).bottom),
      child: Column(
        mainAxisSize: MainAxisSize.min,
        children: [
          TextField(
            controller: _link,
            keyboardType: TextInputType.url,
            autocorrect: false,
            decoration: InputDecoration(labelText: words.proofLabel, errorText: _isWrong ? words.proofWrong : null),
          ),
          const SizedBox(height: 16),
          FilledButton(onPressed: _send, child: Text(words.proofSend)),
        ],
      ),
    );
  }

  void _send() {
    final link = _link.text.trim();
    if (isProofLink(link)) {
      Navigator.of(context).pop(link);
    } else {
      setState(() => _isWrong = true);
    }
  }
}
