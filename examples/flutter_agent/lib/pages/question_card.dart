/// "Did you post?": Yes, not yet, or can't.
library;

import 'package:flutter/material.dart';

import '../contract/event.dart';
import '../contract/task.dart';
import '../l10n/app_localizations.dart';
import '../phone/snooze.dart';
import '../scope.dart';
import 'answer_sheets.dart';

/// Large after the share, as that is what the person sees on return; small before it.
///
/// It follows from the task's state, so the question is still there if Android ended the app meanwhile.
class QuestionCard extends StatelessWidget {
  const QuestionCard(this.task, {super.key});

  final Task task;

  @override
  Widget build(BuildContext context) {
    final words = AppLocalizations.of(context);
    final wasShared = task.state == TaskState.shared;
    return Column(
      mainAxisSize: MainAxisSize.min,
      children: [
        if (wasShared) ...[
          const SizedBox(height: 16),
          Semantics(
            liveRegion: true,
            child: Text(words.didYouPost, style: Theme.of(context).textTheme.headlineSmall),
          ),
          const SizedBox(height: 8),
          FilledButton(onPressed: () => _yes(context), child: Text(words.answerYes)),
        ],
        const SizedBox(height: 8),
        OverflowBar(
          alignment: MainAxisAlignment.center,
          overflowAlignment: OverflowBarAlignment.center,
          spacing: 8,
          children: [
            if (task.mayConfirm && !wasShared)
              TextButton(onPressed: () => _yes(context), child: Text(words.alreadyPosted)),
            if (task.maySnooze) TextButton(onPressed: () => _notYet(context), child: Text(words.answerNotYet)),
            if (task.mayDecline) TextButton(onPressed: () => _cannot(context), child: Text(words.answerCannot)),
          ],
        ),
      ],
    );
  }

  Future<void> _yes(BuildContext context) async {
    final phone = PhoneScope.read(context).phone;
    final navigator = Navigator.of(context);
    final link = await askForProof(context);
    if (link != null) {
      navigator.popUntil((route) => route.isFirst);
      await phone.tell(task, EventType.confirmed, proofUrl: link.isEmpty ? null : link);
    }
  }

  Future<void> _notYet(BuildContext context) async {
    final phone = PhoneScope.read(context).phone;
    final until = await askUntilWhen(context, snoozeChoices(task, phone.serverNow));
    if (until != null) {
      await phone.tell(task, EventType.snoozed, snoozeUntil: until);
    }
  }

  Future<void> _cannot(BuildContext context) async {
    final phone = PhoneScope.read(context).phone;
    final reason = await askForReason(context);
    if (reason != null) {
      await phone.tell(task, EventType.declined, reason: reason);
    }
  }
}
