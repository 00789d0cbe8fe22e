/// What is to be posted now, and what comes in the next day.
library;

import 'package:flutter/material.dart';

import '../contract/task.dart';
import '../l10n/app_localizations.dart';
import '../phone/phone.dart';
import '../routes.dart';
import '../scope.dart';
import '../widgets/channel_label.dart';
import '../widgets/local_time.dart';
import '../widgets/status_banner.dart';

class TasksPage extends StatelessWidget {
  const TasksPage({super.key});

  @override
  Widget build(BuildContext context) {
    final words = AppLocalizations.of(context);
    final phone = PhoneScope.of(context).phone;
    return Scaffold(
      appBar: AppBar(
        title: Text(phone.session?.tenantName ?? words.appTitle),
        actions: [
          IconButton(
            icon: const Icon(Icons.settings),
            tooltip: words.setupTitle,
            onPressed: () => Navigator.of(context).pushNamed<void>(setupRoute),
          ),
        ],
      ),
      body: SafeArea(
        child: RefreshIndicator(
          onRefresh: phone.poll,
          child: ListView(
            physics: const AlwaysScrollableScrollPhysics(),
            children: [const StatusBanner(), ..._now(context, phone), ..._ahead(context, phone)],
          ),
        ),
      ),
    );
  }

  List<Widget> _now(BuildContext context, Phone phone) {
    final tasks = phone.active;
    final words = AppLocalizations.of(context);
    return [
      _Heading(tasks.isEmpty ? words.tasksNone : words.tasksNow(tasks.length)),
      for (final task in tasks)
        _TaskTile(
          task,
          subtitle: words.taskUntil(localTime(context, task.expiresAt)),
          onTap: () => Navigator.of(context).pushNamed<void>('/agent/?task=${Uri.encodeQueryComponent(task.id)}'),
        ),
    ];
  }

  List<Widget> _ahead(BuildContext context, Phone phone) => [
    if (phone.upcoming.isNotEmpty) _Heading(AppLocalizations.of(context).tasksUpcoming),
    for (final task in phone.upcoming) _TaskTile(task, subtitle: localTime(context, task.scheduledAt)),
  ];
}

class _Heading extends StatelessWidget {
  const _Heading(this.text);

  final String text;

  @override
  Widget build(BuildContext context) => Padding(
    padding: const EdgeInsets.fromLTRB(16, 24, 16, 8),
    child: Semantics(header: true, child: Text(text, style: Theme.of(context).textTheme.titleLarge)),
  );
}

class _TaskTile extends StatelessWidget {
  const _TaskTile(this.task, {required this.subtitle, this.onTap});

  final Task task;
  final String subtitle;

  /// Null for a task that is not due yet.
  final VoidCallback? onTap;

  @override
  Widget build(BuildContext context) => ListTile(
    minTileHeight: 72,
    leading: Icon(channelIcon(task.channel.kind)),
    title: Text(task.title),
    subtitle: Text('${channelName(context, task.channel)}\n$subtitle'),
    isThreeLine: true,
    trailing: onTap == null ? null : const Icon(Icons.chevron_right),
    onTap: onTap,
  );
}
