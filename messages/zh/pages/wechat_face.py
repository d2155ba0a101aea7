"""Chinese words of the page on which WeChat verifies the face (微信人脸核身), next to the capture page's."""

from collections.abc import Mapping
from types import MappingProxyType

WECHAT_FACE: Mapping[str, str] = MappingProxyType(
    {
        "how_says": "您的姓名和身份证号码会交给微信，由微信请您刷脸，和国家登记的信息核对。我们只收到结果。",
        "kept_is": "不留照片：",
        "kept_says": "我们看不到、也不保存这次拍的脸；微信怎样处理，刷脸前微信会写给您看。",
        "ready": "点“开始刷脸”，微信会一步一步带着您做。",
        "start": "开始刷脸",
        "opening": "正在打开微信刷脸，请稍等。",
        "checking": "正在核对，请稍等。",
        "not_finished": "这次没有刷完，不算失败。可以再点“开始刷脸”。",
        "not_supported": "这部手机上的微信不能刷脸，不算失败。请更新微信，或换一部手机，也可以用下面的办法。",
        "offline": "网络不太稳，请再点一次。",
        "declined": "不方便刷脸，没关系，下面的办法一样有效。",
        "again": "再试一次",
    }
)
