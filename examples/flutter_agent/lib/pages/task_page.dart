/// One task: what to post, the button that hands it over, and the question on return.
library;

import 'dart:async';

import 'package:flutter/material.dart';

import '../contract/event.dart';
import '../contract/task.dart';
import '../l10n/app_localizations.dart';
import '../scope.dart';
import '../widgets/channel_label.dart';
import '../widgets/copy_card.dart';
import '../widgets/local_time.dart';
import '../widgets/media_preview.dart';
import '../widgets/status_banner.dart';
import 'question_card.dart';
import 'share_task.dart';

class TaskPage extends StatefulWidget {
  const TaskPage({super.key, required this.taskId});

  final String taskId;

  @override
  State<TaskPage> createState() => _TaskPageState();
}

class _TaskPageState extends State<TaskPage> {
  bool _isSharing = false;

  @override
  void initState() {
    super.initState();
    WidgetsBinding.instance.addPostFrameCallback((_) => unawaited(_open()));
  }

  /// Says that the person looks at it; fetches it first where the push alone has come.
  Future<void> _open() async {
    final phone = PhoneScope.read(context).phone;
    if (phone.task(widget.taskId) == null) {
      await phone.poll();
    }
    final task = phone.task(widget.taskId);
    if (task != null && task.mayOpen && task.state == TaskState.notified) {
      await phone.tell(task, EventType.opened);
    }
  }

  @override
  Widget build(BuildContext context) {
    final words = AppLocalizations.of(context);
    final task = PhoneScope.of(context).phone.task(widget.taskId);
    return Scaffold(
      appBar: AppBar(title: Text(task?.title ?? words.appTitle)),
      body: SafeArea(
        child: task == null ? _Over(words.taskGone) : ListView(children: _about(context, task)),
      ),
      // Below, where a thumb reaches it.
      bottomNavigationBar: task == null || task.actions.isEmpty ? null : SafeArea(child: _actions(context, task)),
    );
  }

  List<Widget> _about(BuildContext context, Task task) {
    final words = AppLocalizations.of(context);
    final phone = PhoneScope.of(context).phone;
    return [
      const StatusBanner(),
      ListTile(
        leading: Icon(channelIcon(task.channel.kind)),
        title: Text(channelName(context, task.channel)),
        subtitle: Text(_standing(context, task)),
      ),
      for (final (index, asset) in task.assets.indexed)
        MediaPreview(asset, path: phone.hasFiles(task) ? phone.filesOf(task)[index] : null),
      CopyCard(title: words.caption, text: task.caption),
      if ((task.firstComment ?? '').isNotEmpty) CopyCard(title: words.firstComment, text: task.firstComment!),
      for (final asset in task.assets)
        if (asset.alt.isNotEmpty) CopyCard(title: words.altText, text: asset.alt),
    ];
  }

  String _standing(BuildContext context, Task task) {
    final words = AppLocalizations.of(context);
    return switch (task.state) {
      TaskState.published => words.taskPublished,
      TaskState.declined => words.taskDeclined,
      TaskState.missed => words.taskMissed,
      TaskState.cancelled => words.taskCancelled,
      TaskState.planned => localTime(context, task.scheduledAt),
      _ => words.taskUntil(localTime(context, task.expiresAt)),
    };
  }

  Widget _actions(BuildContext context, Task task) {
    final words = AppLocalizations.of(context);
    final isReady = PhoneScope.of(context).phone.hasFiles(task);
    return Padding(
      padding: const EdgeInsets.fromLTRB(16, 8, 16, 16),
      child: Column(
        mainAxisSize: MainAxisSize.min,
        children: [
          if (task.mayShare) ...[
            Text(shareHint(context, task.channel), textAlign: TextAlign.center),
            const SizedBox(height: 8),
            FilledButton.icon(
              onPressed: isReady && !_isSharing ? () => _share(task) : null,
              icon: const Icon(Icons.ios_share),
              label: Text(isReady ? words.share : words.shareDownloading),
            ),
          ],
          QuestionCard(task),
        ],
      ),
    );
  }

  Future<void> _share(Task task) async {
    final scope = PhoneScope.read(context);
    setState(() => _isSharing = true);
    final problem = await shareTask(scope.phone, scope.native, task);
    if (!mounted) {
      return;
    }
    setState(() => _isSharing = false);
    if (problem != null) {
      final words = AppLocalizations.of(context);
      ScaffoldMessenger.of(context).showSnackBar(SnackBar(content: Text(words.shareFailed(problem))));
    }
  }
}

class _Over extends StatelessWidget {
  const _Over(this.text);

  final String text;

  @override
  Widget build(BuildContext context) =>
      Center(child: Padding(padding: const EdgeInsets.all(24), child: Text(text, textAlign: TextAlign.center)));
}
