# Finds a picture in a page with ORB features and a RANSAC similarity, as any
# user of OpenCV would: {"picture": file, "page": file} in, the placement out.
import json
import sys

import cv2

cv2.setNumThreads(1)
cv2.setRNGSeed(1)
task = json.load(sys.stdin)
pic = cv2.imread(task["picture"], cv2.IMREAD_GRAYSCALE)
page = cv2.imread(task["page"], cv2.IMREAD_GRAYSCALE)
found = {"inliers": 0, "scale": 0.0, "x": 0.0, "y": 0.0}
if pic is not None and page is not None and min(pic.shape) > 32:
    (kp, dp), (kq, dq) = (cv2.ORB_create(n).detectAndCompute(i, None) for n, i in ((4000, pic), (12000, page)))
    if dp is not None and dq is not None and len(dq) > 1:
        pairs = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(dp, dq, k=2)
        good = [p[0] for p in pairs if len(p) == 2 and p[0].distance < 0.8 * p[1].distance]
        if len(good) >= 4:
            src = cv2.KeyPoint.convert(kq, [m.trainIdx for m in good])
            dst = cv2.KeyPoint.convert(kp, [m.queryIdx for m in good])
            m, mask = cv2.estimateAffinePartial2D(src, dst, ransacReprojThreshold=3)
            if m is not None:
                found = {"inliers": int(mask.sum()), "scale": float(abs(complex(m[0, 0], m[1, 0]))),
                         "x": float(m[0, 2]), "y": float(m[1, 2])}
json.dump(found, sys.stdout)
