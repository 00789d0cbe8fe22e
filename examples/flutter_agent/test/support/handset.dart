/// A phone in a folder that is gone after the test, with fakes for all that is Android's.
library;

import 'dart:io';

import 'package:postengine_agent/contract/pairing.dart';
import 'package:postengine_agent/contract/push_data.dart';
import 'package:postengine_agent/contract/task.dart';
import 'package:postengine_agent/contract/task_parts.dart';
import 'package:postengine_agent/native/native.dart';
import 'package:postengine_agent/phone/notices.dart';
import 'package:postengine_agent/phone/phone.dart';
import 'package:postengine_agent/phone/registration.dart';
import 'package:postengine_agent/phone/stores.dart';

import 'fake_service.dart';

const facts = DeviceFacts(platform: 'android', maker: 'Samsung', model: 'Samsung A1', appVersion: '1.0.0');

class FakeDoorbell implements Doorbell {
  String? current = 'registration-1';
  bool wasForgotten = false;

  @override
  Future<String?> token() async => current;

  @override
  Future<void> forget() async => wasForgotten = true;
}

class FakeNotices implements Notices {
  final shown = <String>[];
  final takenAway = <String>[];
  bool isAllowed = true;

  @override
  Future<bool> ask() async => isAllowed;

  @override
  Future<bool> areAllowed() async => isAllowed;

  @override
  Future<void> show(PushData push) async => shown.add(push.taskId);

  @override
  Future<void> takeAway(String taskId) async => takenAway.add(taskId);

  @override
  Future<void> takeAllAway() async => takenAway.add('all');
}

/// Records what was handed over; `failure` is thrown instead, if it is set.
class FakeNative implements Native {
  final shared = <List<String>>[];
  final saved = <List<String>>[];
  Exception? failure;

  @override
  Future<String> share(Task task, List<String> paths) async {
    if (failure != null) {
      throw failure!;
    }
    shared.add(paths);
    return task.channel.packages.first;
  }

  @override
  Future<void> savePhotos(List<TaskAsset> assets, List<String> paths) async => saved.add(paths);

  @override
  Future<DeviceFacts> device() async => facts;

  @override
  Future<bool> isBatteryUnrestricted() async => false;

  @override
  Future<void> openAppSettings() async {}
}

class Handset {
  Handset(this.service) : _folder = Directory.systemTemp.createTempSync('phone') {
    phone = _open();
  }

  final FakeService service;
  final Directory _folder;
  final doorbell = FakeDoorbell();
  final notices = FakeNotices();
  final native = FakeNative();
  DateTime now = DateTime.utc(2026, 12, 1, 9);

  /// How far the clock goes on whenever somebody looks at it.
  Duration tick = Duration.zero;

  late Phone phone;

  Stores get stores =>
      Stores.below(kept: Directory('${_folder.path}/kept'), cache: Directory('${_folder.path}/cache'));

  Future<void> pair() => phone.pair(PairingOffer.typed(serviceAddress, 'ABCD-2345')!, facts);

  /// Ends the app, and starts it anew over the same files.
  void restart() => phone = _open();

  void delete() {
    phone.dispose();
    _folder.deleteSync(recursive: true);
  }

  Phone _open() =>
      Phone(stores, client: service.client, doorbell: doorbell, notices: notices, now: () => now = now.add(tick));
}

const serviceAddress = 'posts.test';
