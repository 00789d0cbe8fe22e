/// The files of tasks, fetched before the person taps: sharing must not wait for a network.
library;

import 'dart:async';
import 'dart:io';

import 'package:crypto/crypto.dart';
import 'package:http/http.dart' as http;

import '../contract/agent_api.dart';
import '../contract/errors.dart';
import '../contract/task_parts.dart';
import 'event_key.dart';

/// The download differs from what the task says of it.
class NotThePromisedFile implements Exception {
  const NotThePromisedFile(this.message);

  final String message;

  @override
  String toString() => message;
}

/// Files by their sha256, in the app's cache: the system may clear it, and then they are fetched again.
class MediaCache {
  const MediaCache(this.directory);

  final Directory directory;

  static const _tries = 3;
  static const _stall = Duration(seconds: 30);

  File fileOf(TaskAsset asset) => File('${directory.path}/${asset.sha256}${_endOf(asset.mime)}');

  bool has(TaskAsset asset) => fileOf(asset).existsSync();

  bool hasAll(Iterable<TaskAsset> assets) => assets.every(has);

  /// Downloads a file unless it is at hand.
  ///
  /// Throws [NotThePromisedFile] if its size or hash is another one, [AgentApiError] if it did not come.
  Future<void> fetch(AgentApi api, TaskAsset asset) async {
    if (has(asset)) {
      return;
    }
    directory.createSync(recursive: true);
    // A name of its own: the background handler may be fetching the same file.
    final part = File('${fileOf(asset).path}.${newEventKey()}.part');
    try {
      await _download(api, asset, part);
      await _check(asset, part);
      part.renameSync(fileOf(asset).path);
    } finally {
      if (part.existsSync()) {
        part.deleteSync();
      }
    }
  }

  /// Deletes every file that none of `assets` is.
  void keepOnly(Iterable<TaskAsset> assets) {
    if (!directory.existsSync()) {
      return;
    }
    final kept = {for (final asset in assets) fileOf(asset).path};
    for (final file in directory.listSync().whereType<File>()) {
      if (!kept.contains(file.path) && !file.path.endsWith('.part')) {
        file.deleteSync();
      }
    }
  }

  void clear() {
    if (directory.existsSync()) {
      directory.deleteSync(recursive: true);
    }
  }

  /// Goes on where a broken connection stopped, a few times.
  Future<void> _download(AgentApi api, TaskAsset asset, File part) async {
    for (var tryNumber = 1; ; tryNumber++) {
      try {
        return await _append(api, asset, part);
      } on Unreachable {
        if (tryNumber == _tries || !part.existsSync()) {
          rethrow;
        }
      }
    }
  }

  Future<void> _append(AgentApi api, TaskAsset asset, File part) async {
    final from = part.existsSync() ? part.lengthSync() : 0;
    final answer = await api.open(asset.url, from: from, etag: asset.sha256);
    final goesOn = answer.statusCode == HttpStatus.partialContent;
    final file = await part.open(mode: goesOn ? FileMode.append : FileMode.write);
    try {
      await for (final block in answer.stream.timeout(_stall)) {
        await file.writeFrom(block);
      }
    } on http.ClientException catch (error) {
      throw Unreachable(error.message);
    } on SocketException catch (error) {
      throw Unreachable(error.message);
    } on TimeoutException {
      throw const Unreachable('the download stalled');
    } finally {
      await file.close();
    }
  }

  Future<void> _check(TaskAsset asset, File part) async {
    final bytes = part.lengthSync();
    final hash = (await sha256.bind(part.openRead()).first).toString();
    if (bytes != asset.bytes || hash != asset.sha256) {
      throw NotThePromisedFile(
        '${asset.filename}: expected ${asset.bytes} bytes with sha256 ${asset.sha256}, '
        'got $bytes bytes with sha256 $hash',
      );
    }
  }

  /// Apps that share look at the end of the name.
  static String _endOf(String mime) => switch (mime) {
    'image/jpeg' => '.jpg',
    'image/png' => '.png',
    'image/webp' => '.webp',
    'video/mp4' => '.mp4',
    _ => '',
  };
}
