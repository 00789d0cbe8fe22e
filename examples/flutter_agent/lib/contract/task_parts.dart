/// The parts of a task: where it is posted, its files, and how often it may be put off.
library;

import 'json.dart';

/// How the files are handed over; an unknown way is the chooser's.
enum ShareMode {
  shareToStatus('share_to_status'),
  package('package'),
  openUrl('open_url'),
  chooser('chooser');

  const ShareMode(this.wire);

  final String wire;

  static ShareMode of(String wire) =>
      values.firstWhere((mode) => mode.wire == wire, orElse: () => chooser);
}

class TaskChannel {
  TaskChannel.fromJson(Json json)
    : kind = json.text('kind'),
      targetName = json.maybeText('target_name'),
      packages = json.texts('packages'),
      shareMode = ShareMode.of(json.text('share_mode')),
      url = json.maybeText('url');

  final String kind;

  /// Such as the name of a group.
  final String? targetName;

  /// Android apps, the best first.
  final List<String> packages;
  final ShareMode shareMode;

  /// The page of a group.
  final String? url;
}

class TaskAsset {
  TaskAsset.fromJson(Json json)
    : id = json.text('id'),
      url = Uri.parse(json.text('url')),
      mime = json.text('mime'),
      bytes = json.whole('bytes'),
      sha256 = _hash(json.text('sha256')),
      filename = json.text('filename'),
      widthPx = json.maybeWhole('width'),
      heightPx = json.maybeWhole('height'),
      durationS = json.maybeNumber('duration_s'),
      alt = json.text('alt');

  final String id;

  /// Signed and good for a day or two; the task has a new one after that.
  final Uri url;
  final String mime;

  /// Promises, with `sha256`, what the download is.
  final int bytes;
  final String sha256;
  final String filename;
  final int? widthPx;
  final int? heightPx;
  final double? durationS;

  /// The text for people who do not see the picture; empty where there is none.
  final String alt;

  bool get isVideo => mime.startsWith('video/');
}

class TaskSnooze {
  const TaskSnooze({required this.remaining, required this.latest});

  TaskSnooze.fromJson(Json json)
    : remaining = json.whole('remaining'),
      latest = json.maybeInstant('latest');

  /// How often the task may still be put off.
  final int remaining;

  /// Until when; null where it may not be put off.
  final DateTime? latest;

  /// One less.
  TaskSnooze used() => TaskSnooze(remaining: remaining > 0 ? remaining - 1 : 0, latest: latest);

  Map<String, Object?> toJson() => {'remaining': remaining, 'latest': latest?.toIso8601String()};
}

/// The hash becomes the name of a file, so it must be nothing but a hash.
String _hash(String written) {
  if (RegExp(r'^[0-9a-f]{64}$').hasMatch(written)) {
    return written;
  }
  throw ContractBroken('sha256: expected 64 hexadecimal digits, got "$written"');
}
