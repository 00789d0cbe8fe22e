package com.example.postengine_agent

import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Build
import android.os.PowerManager
import android.provider.Settings

/** What this phone is, and what its battery saver lets the app do. */
class DeviceFacts(private val context: Context) {
    fun facts(): Map<String, String> = mapOf(
        "maker" to Build.MANUFACTURER,
        "model" to "${Build.MANUFACTURER} ${Build.MODEL}",
        "appVersion" to context.packageManager.getPackageInfo(context.packageName, 0).versionName.orEmpty(),
    )

    fun isBatteryUnrestricted(): Boolean =
        context.getSystemService(PowerManager::class.java).isIgnoringBatteryOptimizations(context.packageName)

    /** The system's page about this app, where every maker has its battery settings. */
    fun settingsPage(): Intent =
        Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, Uri.fromParts("package", context.packageName, null))
}
