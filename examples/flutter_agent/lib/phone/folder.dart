/// Small files of JSON in a folder of the app's own.
library;

import 'dart:convert';
import 'dart:io';

import '../contract/json.dart';
import 'event_key.dart';

/// A folder of JSON objects by name; a write is there whole or not at all.
///
/// The app and its background handler are two isolates. Both see the same files, so that neither needs the other.
class Folder {
  const Folder(this.directory);

  final Directory directory;

  /// Reads one; null where there is none.
  Json? read(String name) {
    final file = _file(name);
    try {
      return Json.parse(file.readAsStringSync());
    } on PathNotFoundException {
      return null;
    }
  }

  /// Reads all, in the order of their names.
  List<Json> readAll() => [for (final name in names()) ?read(name)];

  /// The names, sorted.
  List<String> names() {
    if (!directory.existsSync()) {
      return const [];
    }
    final files = directory.listSync().whereType<File>().map((file) => file.uri.pathSegments.last);
    return files.where((name) => name.endsWith(_end)).map(_nameOf).toList()..sort();
  }

  void write(String name, Map<String, Object?> fields) {
    directory.createSync(recursive: true);
    // A name of its own: the other isolate may be writing the same file.
    final draft = File('${_file(name).path}.${newEventKey()}.new');
    final written = draft..writeAsStringSync(jsonEncode(fields), flush: true);
    written.renameSync(_file(name).path);
  }

  void delete(String name) {
    try {
      _file(name).deleteSync();
    } on PathNotFoundException {
      return; // The other isolate was first.
    }
  }

  void clear() => names().forEach(delete);

  /// A name may be an id from the service: it must not lead out of the folder.
  File _file(String name) => File('${directory.path}/${Uri.encodeComponent(name)}$_end');

  static const _end = '.json';

  static String _nameOf(String file) => Uri.decodeComponent(file.substring(0, file.length - _end.length));
}
