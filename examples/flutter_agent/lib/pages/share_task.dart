/// Hands a task over: the caption to the clipboard, the files to the app, and a word of it to the service.
library;

import 'package:flutter/services.dart';

import '../contract/event.dart';
import '../contract/task.dart';
import '../contract/task_parts.dart';
import '../native/native.dart';
import '../phone/phone.dart';

/// Returns why no app took the files; null where one did.
///
/// The caption goes by the clipboard, as most apps drop a text that comes with a file.
Future<String?> shareTask(Phone phone, Native native, Task task) async {
  final paths = phone.filesOf(task);
  try {
    await Clipboard.setData(ClipboardData(text: task.caption));
    if (task.channel.shareMode == ShareMode.openUrl) {
      // A group's page takes no file from us: the person picks it from the gallery.
      await native.savePhotos(task.assets, paths);
    }
    await native.share(task, paths);
  } on PlatformException catch (error) {
    final reason = error.message ?? error.code;
    await phone.tell(task, EventType.failed, reason: reason);
    return reason;
  }
  await phone.tell(task, EventType.shared);
  return null;
}
