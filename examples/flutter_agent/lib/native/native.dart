/// What only Android itself can do: aim a share at one app, save to Photos, name the device.
library;

import 'package:flutter/services.dart';

import '../contract/pairing.dart';
import '../contract/task.dart';
import '../contract/task_parts.dart';

/// The names of the channel and its methods are those of NativeCalls.kt.
class Native {
  const Native();

  static const _channel = MethodChannel('postengine/native');

  /// Hands the files over to the best app that is there; returns its package, or `chooser`.
  ///
  /// Throws [PlatformException] where no app takes them.
  Future<String> share(Task task, List<String> paths) async {
    final opened = await _channel.invokeMethod<String>('share', {
      'mode': task.channel.shareMode.wire,
      'packages': task.channel.packages,
      'url': task.channel.url,
      'paths': paths,
      'mimes': [for (final asset in task.assets) asset.mime],
      'text': task.caption,
    });
    return opened ?? ShareMode.chooser.wire;
  }

  /// Saves files where the gallery, and so every app, finds them.
  Future<void> savePhotos(List<TaskAsset> assets, List<String> paths) =>
      _channel.invokeMethod<void>('savePhotos', {
        'paths': paths,
        'mimes': [for (final asset in assets) asset.mime],
        'names': [for (final asset in assets) asset.filename],
      });

  Future<DeviceFacts> device() async {
    final facts = await _channel.invokeMapMethod<String, String>('device') ?? const {};
    return DeviceFacts(
      platform: 'android',
      maker: facts['maker'] ?? '',
      model: facts['model'] ?? '',
      appVersion: facts['appVersion'] ?? '',
    );
  }

  /// Whether Android lets the app work while the phone sleeps.
  Future<bool> isBatteryUnrestricted() async =>
      await _channel.invokeMethod<bool>('isBatteryUnrestricted') ?? false;

  /// Opens the system's page about this app.
  Future<void> openAppSettings() => _channel.invokeMethod<void>('openAppSettings');
}
