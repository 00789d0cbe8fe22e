/// What the phone remembers of its registration and of the clocks.
library;

import 'folder.dart';

class Marks {
  const Marks(this._folder);

  final Folder _folder;

  static const _name = 'marks';

  /// The registration that the service was told last; null for none.
  String? get toldPush => _folder.read(_name)?.maybeText('told_push');

  DateTime? get toldAt => _folder.read(_name)?.maybeInstant('told_at');

  /// When the last push came.
  DateTime? get pushedAt => _folder.read(_name)?.maybeInstant('pushed_at');

  /// How far the service's clock is ahead of the phone's.
  Duration get clockAhead => Duration(milliseconds: _folder.read(_name)?.maybeWhole('clock_ahead_ms') ?? 0);

  void notePush(DateTime at) => _set({'pushed_at': at.toUtc().toIso8601String()});

  void noteTold(String? push, DateTime at) =>
      _set({'told_push': push, 'told_at': at.toUtc().toIso8601String()});

  void noteClock(DateTime serverTime, DateTime now) =>
      _set({'clock_ahead_ms': serverTime.difference(now).inMilliseconds});

  void clear() => _folder.delete(_name);

  void _set(Map<String, Object?> changed) =>
      _folder.write(_name, {...?_folder.read(_name)?.fields, ...changed});
}
