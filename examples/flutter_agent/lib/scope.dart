/// Hands the phone to the pages; they are drawn anew whenever something changes on it.
library;

import 'package:flutter/widgets.dart';

import 'native/native.dart';
import 'phone/notices.dart';
import 'phone/phone.dart';

class PhoneScope extends InheritedNotifier<Phone> {
  const PhoneScope({super.key, required Phone phone, required this.notices, required this.native, required super.child})
    : super(notifier: phone);

  final Notices notices;
  final Native native;

  Phone get phone => notifier!;

  /// To be called in `build`.
  static PhoneScope of(BuildContext context) => context.dependOnInheritedWidgetOfExactType<PhoneScope>()!;

  /// To be called from a tap, which draws nothing.
  static PhoneScope read(BuildContext context) => context.getInheritedWidgetOfExactType<PhoneScope>()!;
}
