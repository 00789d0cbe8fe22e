/// Firebase as the phone's doorbell.
library;

import 'package:firebase_core/firebase_core.dart';
import 'package:firebase_messaging/firebase_messaging.dart';

import '../phone/registration.dart';

class FirebaseDoorbell implements Doorbell {
  const FirebaseDoorbell();

  @override
  Future<String?> token() async {
    try {
      return await FirebaseMessaging.instance.getToken();
    } on FirebaseException {
      // No Google services, or no network on the very first start: the phone asks until there is a token.
      return null;
    }
  }

  @override
  Future<void> forget() async {
    try {
      await FirebaseMessaging.instance.deleteToken();
    } on FirebaseException {
      return; // The service has dropped the registration with the device.
    }
  }
}
