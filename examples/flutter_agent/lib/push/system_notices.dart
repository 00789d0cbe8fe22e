/// Android's notifications.
library;

import 'dart:ui';

import 'package:flutter_local_notifications/flutter_local_notifications.dart';

import '../contract/push_data.dart';
import '../l10n/app_localizations.dart';
import '../phone/notices.dart';

/// The service names it in each push; the manifest does, too.
const channelId = 'manual_tasks';

/// Firebase shows its notifications under this number, apart by their tag.
const _number = 0;

class SystemNotices implements Notices {
  SystemNotices();

  final _plugin = FlutterLocalNotificationsPlugin();

  AndroidFlutterLocalNotificationsPlugin? get _android =>
      _plugin.resolvePlatformSpecificImplementation<AndroidFlutterLocalNotificationsPlugin>();

  /// Makes the channel; `opened` gets the link of a notification that is tapped while the app runs.
  Future<void> start({void Function(String link)? opened}) async {
    await _plugin.initialize(
      const InitializationSettings(android: AndroidInitializationSettings('ic_notification')),
      onDidReceiveNotificationResponse: (response) => opened?.call(response.payload ?? ''),
    );
    await _android?.createNotificationChannel(
      AndroidNotificationChannel(
        channelId,
        _words.channelName,
        description: _words.channelDescription,
        importance: Importance.high,
      ),
    );
  }

  /// The link of the notification of ours that started the app; null if none did.
  Future<String?> startedBy() async {
    final details = await _plugin.getNotificationAppLaunchDetails();
    return details?.didNotificationLaunchApp ?? false ? details?.notificationResponse?.payload : null;
  }

  /// Asks the person; Android 13 and later show nothing before they agree.
  @override
  Future<bool> ask() async => await _android?.requestNotificationsPermission() ?? false;

  @override
  Future<bool> areAllowed() async => await _android?.areNotificationsEnabled() ?? false;

  @override
  Future<void> show(PushData push) => _plugin.show(
    _number,
    _titleOf(push),
    push.channel.replaceAll('_', ' '),
    NotificationDetails(
      android: AndroidNotificationDetails(
        channelId,
        _words.channelName,
        tag: push.taskId.isEmpty ? push.type.wire : push.taskId,
        importance: Importance.high,
        priority: Priority.high,
      ),
    ),
    payload: push.link,
  );

  @override
  Future<void> takeAway(String taskId) => _plugin.cancel(_number, tag: taskId);

  @override
  Future<void> takeAllAway() => _plugin.cancelAll();

  String _titleOf(PushData push) => switch (push.type) {
    PushType.manualTask => _words.timeToPost(push.title),
    PushType.ping => _words.notificationsWork,
    _ => push.title,
  };
}

/// The words in the phone's language: a push may come while no page is there to ask.
AppLocalizations get _words {
  final wanted = PlatformDispatcher.instance.locale;
  final isThere = AppLocalizations.delegate.isSupported(wanted);
  return lookupAppLocalizations(isThere ? wanted : const Locale('en'));
}
